import { backend, type app, type profile, type query } from '$lib/backend';
import {
  emptyFilter,
  sameField,
  sameFilter,
  withChip,
  withoutChip,
  withoutCondition,
  type BarField,
} from './filter';
import { list } from '$state/list.svelte';
import { rereadOnTurn } from '$state/present';
import { router } from '$state/router.svelte';
import { session } from '$state/session.svelte';

/** From the last change of the draft to the question for its count. */
const countAfter = 250; // ms
/** A count that takes longer than this is not waited for. */
const countWithin = 400; // ms

/**
 * The filter as it is being changed (the draft) and as it is applied. Search applies the
 * draft; the list listens to onapply.
 */
class Filters {
  applied = $state.raw<profile.Filter>(emptyFilter());
  draft = $state.raw<profile.Filter>(emptyFilter());
  /** Pickers also offer deactivated users and queues; never hides an interaction. */
  showDeactivated = $state(false);
  /** How many interactions the draft would give, while that is known. */
  count = $state<number>();

  readonly changed = $derived(!sameFilter(this.draft, this.applied));

  /** Why the filter that an address asks for cannot be read; what was applied before still is. */
  unreadable = $state.raw<app.QueryError>();

  /** Searches; false when that was refused. */
  onapply: (filter: profile.Filter, how: 'search' | 'sort') => Promise<boolean> = async () => true;

  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;

  fieldChanged(field: BarField): boolean {
    return !sameField(field, this.draft, this.applied);
  }

  set(change: Partial<profile.Filter>): void {
    this.draft = { ...this.draft, ...change };
    this.#countSoon();
  }

  /** Applies the draft; with nothing changed that refreshes the list. */
  search(): void {
    this.apply(this.draft);
  }

  apply(filter: profile.Filter): void {
    const before = this.applied;
    this.adopt(filter);
    void this.#search(before, 'search');
  }

  /** Searches for what is applied; what is refused stays a draft and never looks applied. */
  async #search(before: profile.Filter, how: 'search' | 'sort'): Promise<void> {
    if (session.presenting) await this.reread().catch(() => {}); // the search tells what is wrong
    const asked = this.applied;
    if ((await this.onapply(asked, how)) || this.applied !== asked) return;
    this.refuse(before);
  }

  /** Has what is looked for stand as presentation mode shows it, or as it is meant once that is over. */
  async reread(): Promise<void> {
    const { applied, draft } = this;
    const [shownApplied, shownDraft] = await Promise.all([applied, draft].map(backend.filters.Shown));
    if (this.applied === applied && shownApplied) this.applied = shownApplied;
    if (this.draft === draft) this.draft = draft === applied ? this.applied : (shownDraft ?? draft);
  }

  /** Goes back to what was applied before a search that was refused. */
  refuse(before: profile.Filter): void {
    this.applied = before;
    this.#countSoon();
  }

  /** Takes a filter over as applied without searching, because somebody else does. */
  adopt(filter: profile.Filter): void {
    clearTimeout(this.#timer);
    this.#asked++;
    this.count = undefined;
    this.unreadable = undefined;
    this.applied = filter;
    this.draft = filter;
  }

  revert(): void {
    this.draft = this.applied;
    this.#countSoon();
  }

  clear(): void {
    this.showDeactivated = false;
    this.draft = emptyFilter(this.applied.sort);
    this.#countSoon();
  }

  /** Sorting applies at once and leaves the draft's other fields a draft. */
  sort(sort: query.SortKey[]): void {
    const before = this.applied;
    this.applied = { ...before, sort };
    this.draft = { ...this.draft, sort };
    void this.#search(before, 'sort');
  }

  /**
   * Conditions from cells, charts and chips apply at once, to the draft as well. One may
   * take the place of another.
   */
  addCondition(node: query.Node, instead?: query.Node): void {
    this.#both(({ where, ...rest }) => ({
      ...rest,
      where: withChip(instead ? withoutCondition(where, instead) : where, node),
    }));
  }

  /** Narrows fields of the bar at once, in the draft as well. */
  narrow(fields: Partial<profile.Filter>): void {
    this.#both((filter) => ({ ...filter, ...fields }));
  }

  removeChip(at: number): void {
    const where = withoutChip(this.applied.where, at);
    this.#both((filter) => ({ ...filter, where }));
  }

  #both(change: (filter: profile.Filter) => profile.Filter): void {
    const before = this.applied;
    const draft = change(this.draft);
    this.unreadable = undefined;
    this.applied = change(before);
    void this.#search(before, 'search');
    this.draft = draft;
    this.#countSoon();
  }

  #countSoon(): void {
    clearTimeout(this.#timer);
    const asked = ++this.#asked;
    if (!this.changed) {
      this.count = undefined;
      return;
    }
    this.#timer = setTimeout(() => void this.#ask(asked), countAfter);
  }

  async #ask(asked: number): Promise<void> {
    const late = setTimeout(() => {
      if (asked === this.#asked) this.count = undefined;
    }, countWithin);
    try {
      const count = await backend.interactions.Count(this.draft);
      if (asked === this.#asked) this.count = count;
    } catch {
      if (asked === this.#asked) this.count = undefined; // Search will tell what is wrong
    } finally {
      clearTimeout(late);
    }
  }
}

export const filters = new Filters();

rereadOnTurn(async () => {
  await filters.reread();
  if (!list.result) return;
  const result = await list.search(filters.applied, { selection: true });
  const route = router.route;
  if (result && 'q' in route && route.q !== undefined) router.go({ ...route, q: result.text }, 'replace');
});
