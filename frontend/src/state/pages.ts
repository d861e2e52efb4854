import type { app } from '$lib/backend';

/** Rows asked for at once. */
export const pageSize = 200;
/** Requests under way at most. */
const maxInFlight = 3;
/** Pages kept; the one not used for longest goes first. */
const maxPages = 50;

type Load = (snapshot: string, offset: number, limit: number) => Promise<app.Window>;

/**
 * Holds windows of one snapshot. Rows that are not here yet are asked for; an answer that
 * belongs to an earlier snapshot is dropped.
 */
export class Pages {
  #snapshot = '';
  #total = 0;
  #pages = new Map<number, app.Row[]>();
  #wanted: number[] = [];
  #inFlight = new Set<number>();
  /** Pages that are shown only until they have come anew. */
  #stale = new Set<number>();
  /** Rows that came with the answer of the search, until their page is asked for. */
  #first: app.Row[] = [];

  /** onLoaded is called when rows have come; onFailed once for a page that did not. */
  constructor(
    private readonly load: Load,
    private readonly onLoaded: () => void,
    private readonly onFailed: (reason: unknown) => void,
  ) {}

  /** Starts on a new snapshot, of which the first rows are known. Nothing of the old one is left. */
  reset(snapshot: string, total: number, first: app.Row[] = []): void {
    this.#first = first;
    this.#snapshot = snapshot;
    this.#total = total;
    this.#pages = new Map();
    this.#wanted = [];
    this.#inFlight = new Set();
    this.#stale = new Set();
  }

  /** Asks anew for the pages wanted last, which stay until the answers come. The others go at once. */
  renew(): void {
    const used = [...this.#pages].slice(-maxInFlight);
    this.#pages = new Map(used);
    this.#stale = new Set(this.#pages.keys());
    if (this.#first.length > 0) this.#stale.add(0);
    this.#wanted = [...new Set([...this.#wanted, ...this.#inFlight, ...this.#stale])];
    this.#inFlight = new Set(); // an answer under way may be from before
    this.#next();
  }

  /** The row at an index, if it is here. */
  row(index: number): app.Row | undefined {
    return this.#pages.get(Math.floor(index / pageSize))?.[index % pageSize] ?? this.#first[index];
  }

  /** Asks for the pages of [from, to). What is no longer wanted is not asked for any more. */
  want(from: number, to: number): void {
    const first = Math.floor(Math.max(0, from) / pageSize);
    const last = Math.floor((Math.min(to, this.#total) - 1) / pageSize);
    this.#wanted = [];
    if (!this.#stale.has(0) && Math.min(to, this.#total) <= this.#first.length) return; // they came first
    for (let page = first; page <= last; page++) {
      const held = this.#pages.get(page);
      if (held) {
        this.#pages.delete(page); // to the end: used last
        this.#pages.set(page, held);
      }
      if ((!held || this.#stale.has(page)) && !this.#inFlight.has(page)) {
        this.#wanted.push(page);
      }
    }
    this.#next();
  }

  /** The rows of [from, to) from here or from the program, without a limit. */
  async range(from: number, to: number): Promise<app.Row[]> {
    const snapshot = this.#snapshot;
    const rows: app.Row[] = [];
    for (let index = from; index < to;) {
      const page = Math.floor(index / pageSize);
      const held = this.#fresh(page) ?? (await this.load(snapshot, page * pageSize, pageSize)).rows;
      const part = held.slice(index % pageSize, (index % pageSize) + (to - index));
      if (part.length === 0) break;
      rows.push(...part);
      index += part.length;
    }
    return rows;
  }

  /** Every row held, to find one by name without asking. */
  *held(): Iterable<[number, app.Row]> {
    yield* this.#first.entries();
    for (const [page, rows] of this.#pages) {
      for (const [at, row] of rows.entries()) yield [page * pageSize + at, row];
    }
  }

  #fresh(page: number): app.Row[] | undefined {
    return this.#stale.has(page) ? undefined : this.#pages.get(page);
  }

  #next(): void {
    while (this.#inFlight.size < maxInFlight) {
      const page = this.#wanted.shift();
      if (page === undefined) return;
      void this.#fetch(page);
    }
  }

  async #fetch(page: number): Promise<void> {
    const snapshot = this.#snapshot;
    const inFlight = this.#inFlight;
    inFlight.add(page);
    try {
      const window = await this.load(snapshot, page * pageSize, pageSize);
      if (snapshot !== this.#snapshot || inFlight !== this.#inFlight) return;
      this.#pages.delete(page);
      this.#pages.set(page, window.rows);
      this.#stale.delete(page);
      if (page === 0) this.#first = [];
      const oldest = this.#pages.keys().next();
      if (this.#pages.size > maxPages && !oldest.done) this.#pages.delete(oldest.value);
      this.onLoaded();
    } catch (reason) {
      if (snapshot === this.#snapshot && inFlight === this.#inFlight) this.onFailed(reason);
    } finally {
      inFlight.delete(page);
      if (snapshot === this.#snapshot) this.#next();
    }
  }
}
