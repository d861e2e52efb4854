import { backend, decodeError, type app, type profile, type BackendError } from '$lib/backend';
import { wallDay } from '$lib/format';
import { session } from './session.svelte';
import { columns, type Dates } from './columns.svelte';
import { Pages } from './pages';
import { RowSelection } from './selection.svelte';

/** Before this nothing shows that a search is under way. */
const skeletonAfter = 300; // ms
const slowAfter = 3000; // ms

/** The result on the screen: a snapshot that does not change until the next search. */
class InteractionList {
  result = $state.raw<app.SearchResult>();
  /** The figures of the result. They follow its rows by a frame, since a person waits for the rows. */
  summary = $state.raw<app.Summary>();
  /** The filter the result answers. */
  filter = $state.raw<profile.Filter>();
  error = $state.raw<BackendError>();
  /** How long the search under way has taken, in steps that show. */
  waiting = $state<'no' | 'short' | 'skeleton' | 'slow'>('no');
  /** What a fresh search would show beyond the snapshot. */
  changed = $state.raw<app.Changed>({ new: 0, changed: [], missing: [], asOfMs: 0 });
  /** Rises when rows have come; reading row() follows it. */
  #version = $state(0);
  /** Rises with each new list, for what has to start from the top. */
  searches = $state(0);

  readonly selection = new RowSelection();
  readonly total = $derived(this.result?.total ?? 0);
  readonly selected = $derived(this.selection.count(this.total));
  readonly snapshot = $derived(this.result?.snapshot ?? '');

  readonly #pages = new Pages(
    (snapshot, offset, limit) => backend.interactions.Window(snapshot, offset, limit),
    () => this.#version++,
    (reason) => this.#failed(decodeError(reason)),
  );
  #asked = 0;
  #timers: ReturnType<typeof setTimeout>[] = [];

  /** Asks anew. Resolves with the result, false when it was refused, nothing when a later search overtook it. */
  async search(
    filter: profile.Filter,
    keep: { selection: boolean } = { selection: false },
  ): Promise<app.SearchResult | false | undefined> {
    const asked = ++this.#asked;
    this.#wait();
    try {
      const result = await backend.interactions.Search(filter);
      if (asked !== this.#asked) {
        void backend.interactions.Release(result.snapshot).catch(() => {}); // nobody needs it
        return undefined;
      }
      const old = this.snapshot;
      this.#pages.reset(result.snapshot, result.total, result.rows);
      this.result = result;
      this.#summariseSoon(result);
      this.filter = filter;
      this.error = undefined;
      this.changed = { new: 0, changed: [], missing: [], asOfMs: 0 };
      columns.dates = datesOf(result.period);
      if (!keep.selection) this.selection.clear();
      this.searches++;
      if (old) void backend.interactions.Release(old).catch(() => {}); // it goes by itself later
      return result;
    } catch (reason) {
      if (asked !== this.#asked) return undefined;
      this.error = decodeError(reason);
      return false;
    } finally {
      if (asked === this.#asked) this.#done();
    }
  }

  /** Gives up the search under way; the old rows stay. */
  cancel(): void {
    this.#asked++;
    this.#done();
  }

  /** Forgets everything, for another profile: nothing of this one is shown under it. */
  forget(): void {
    this.cancel();
    this.#pages.reset('', 0);
    this.result = undefined;
    this.summary = undefined;
    this.filter = undefined;
    this.error = undefined;
    this.selection.clear();
  }

  /** The row at an index, or nothing while it is being fetched. */
  row(index: number): app.Row | undefined {
    void this.#version;
    return this.#pages.row(index);
  }

  want(from: number, to: number): void {
    this.#pages.want(from, to);
  }

  /** The place of an interaction in the list, -1 when it is not in it. */
  async indexOf(name: string): Promise<number> {
    for (const [index, row] of this.#pages.held()) if (row.name === name) return index;
    if (!this.snapshot) return -1;
    return backend.interactions.IndexOf(this.snapshot, name).catch(() => -1);
  }

  /** Drops every row held; they are asked for anew. */
  dropRows(): void {
    this.#pages.reset(this.snapshot, this.total);
    this.#version++;
  }

  async rows(from: number, to: number): Promise<app.Row[]> {
    return this.#pages.range(from, to);
  }

  /** Ticks everything from the anchor to an index, whichever is first. */
  async selectRange(to: number): Promise<void> {
    const anchor = this.selection.anchor;
    const rows = await this.rows(Math.min(anchor, to), Math.max(anchor, to) + 1);
    this.selection.setMany(
      rows.filter((row) => !row.left).map((row) => row.name),
      true,
    );
  }

  /**
   * Learns what changed under the snapshot. The rows on the screen stay where they are, but say what
   * holds now: what was erased, or is no longer permitted, must not stay in the page.
   */
  async check(): Promise<void> {
    const snapshot = this.snapshot;
    if (!snapshot) return;
    this.#pages.renew();
    try {
      const changed = await backend.interactions.Changed(snapshot);
      if (snapshot !== this.snapshot || !this.result) return;
      this.changed = changed;
      this.result = { ...this.result, missing: changed.missing, asOfMs: changed.asOfMs };
    } catch {
      // the next event asks again
    }
  }

  /** Not in the frame of the rows, nor before it is on the screen. */
  #summariseSoon(result: app.SearchResult): void {
    const show = () => {
      if (this.result?.snapshot === result.snapshot) this.summary = result.summary;
    };
    requestAnimationFrame(() => setTimeout(show));
  }

  #failed(error: BackendError): void {
    // The program forgets lists that were not used for long; the same question gives a new one.
    if (error.code === 'stale_list' && this.filter) void this.search(this.filter, { selection: true });
    else this.error = error;
  }

  #wait(): void {
    this.#done();
    this.waiting = 'short';
    this.#timers = [
      setTimeout(() => (this.waiting = 'skeleton'), skeletonAfter),
      setTimeout(() => (this.waiting = 'slow'), slowAfter),
    ];
  }

  #done(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.waiting = 'no';
  }
}

/** How much of a date the times of a period need. */
function datesOf(period: profile.PeriodInfo): Dates {
  if (period.days === 1) return 'none';
  const year = wallDay(session.now()).slice(0, 4);
  return period.from.slice(0, 4) === year ? 'short' : 'full';
}

export const list = new InteractionList();
