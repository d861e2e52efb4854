import { SvelteSet } from 'svelte/reactivity';
import type { profile } from '$lib/backend';

/**
 * Which interactions are ticked: some by name, or all that match but some. Names, not
 * places, so that it holds over a change of the sort.
 */
export class RowSelection {
  all = $state(false);
  /** The ticked ones; with all the ones that were taken out again. */
  readonly #names = new SvelteSet<string>();
  /** Where a range starts, an index of the list. */
  anchor = $state(0);

  has(name: string): boolean {
    return this.#names.has(name) !== this.all;
  }

  /** How many of total are ticked. */
  count(total: number): number {
    return this.all ? total - this.#names.size : this.#names.size;
  }

  /** Whether nothing is ticked, some or every one of total. */
  extent(total: number): 'none' | 'some' | 'all' {
    const count = this.count(total);
    if (count <= 0) return 'none';
    return count >= total ? 'all' : 'some';
  }

  set(name: string, ticked: boolean): void {
    if (ticked === this.all) this.#names.delete(name);
    else this.#names.add(name);
  }

  toggle(name: string): void {
    this.set(name, !this.has(name));
  }

  setMany(names: Iterable<string>, ticked: boolean): void {
    for (const name of names) this.set(name, ticked);
  }

  selectAll(): void {
    this.#names.clear();
    this.all = true;
  }

  clear(): void {
    this.#names.clear();
    this.all = false;
    this.anchor = 0;
  }

  /** What the program is told: all but some of a snapshot, or exactly these. */
  toRequest(snapshot: string): profile.Selection {
    const names = [...this.#names];
    return this.all
      ? { snapshot, all: true, except: names, names: [] }
      : { snapshot, all: false, except: [], names };
  }
}
