import { backend, BackendError, type profile } from '$lib/backend';
import { i18n } from '$lib/i18n';
import { filters } from '$features/filters/filters.svelte';
import { list } from '$state/list.svelte';
import type { Route } from '$state/router.svelte';

type Asked = Extract<Route, { page: 'review' }>;

/** What is read one after the other: the rows of the list, or what was drawn of them. */
export class ReviewQueue {
  at = $state(0);
  /** What was drawn; nothing while the list itself is read. */
  sample = $state.raw<profile.Sample>();
  /** The unique name of the one that is read now. */
  name = $state<string>();

  readonly total = $derived(this.sample ? this.sample.names.length : list.total);

  /** Begins with what an address asks for. Rejects with what reading it or searching gave. */
  async begin(asked: Asked): Promise<void> {
    if (!list.result || (asked.q !== undefined && list.result.text !== asked.q)) await this.#search(asked.q);
    if (asked.n !== undefined) {
      this.sample = await backend.reviews.Sample(filters.applied, {
        perAgent: asked.n,
        atLeast: asked.least ?? 0,
        seed: asked.seed ?? 0,
      });
    }
    const from = asked.at === undefined ? 0 : await this.#indexOf(asked.at);
    await this.go(Math.max(0, from));
  }

  /** Goes to a place, or stays where there is none. */
  async go(to: number): Promise<void> {
    if (to < 0 || to >= this.total) return;
    const [before, shown] = [this.at, this.name];
    this.at = to; // at once, so that the next key goes on from here
    if (to !== before) this.name = undefined; // nor is anything written to the one before
    const name = this.sample ? this.sample.names[to] : (await list.rows(to, to + 1))[0]?.name;
    if (this.at !== to) return;
    if (name) this.name = name;
    else [this.at, this.name] = [before, shown]; // it left the list meanwhile
  }

  async #indexOf(name: string): Promise<number> {
    return this.sample ? this.sample.names.indexOf(name) : list.indexOf(name);
  }

  async #search(q: string | undefined): Promise<void> {
    if (q !== undefined) {
      const parsed = await backend.filters.Parse(q, i18n.lang);
      if (parsed.error) throw new BackendError('query', {});
      filters.adopt({ ...parsed.filter, sort: parsed.filter.sort ?? [] });
    }
    if (!(await list.search(filters.applied)) && list.error) throw list.error;
  }
}
