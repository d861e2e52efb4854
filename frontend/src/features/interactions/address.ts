import { backend, type profile } from '$lib/backend';
import { i18n } from '$lib/i18n';
import { firstFilter } from '$features/filters/filter';
import { filters } from '$features/filters/filters.svelte';
import { views } from '$features/filters/views.svelte';
import { router } from '$state/router.svelte';
import { session } from '$state/session.svelte';
import { list } from '$state/list.svelte';

/**
 * Keeps the filter and the address of a page in step: a search writes its text into the
 * address, and Back, Forward and links search for the text they lead to.
 */
export class FilterAddress {
  /** The text that the address and the list agree on. */
  #agreed: string | undefined;
  readonly #page: 'interactions' | 'overview';
  readonly #search: (filter: profile.Filter, how: 'search' | 'follow') => Promise<boolean>;

  constructor(
    page: 'interactions' | 'overview',
    search: (filter: profile.Filter, how: 'search' | 'follow') => Promise<boolean>,
  ) {
    this.#page = page;
    this.#search = search;
  }

  /** Begins with the address the page was opened by; one without a filter means the applied one. */
  start(): void {
    const q = this.#q();
    if (q !== undefined && q !== list.result?.text) return; // follow has it
    this.#agreed = q;
    if (!list.result && session.state?.readOnly) filters.adopt(firstFilter(true));
    else if (!list.result && session.settings?.startView) {
      void this.#startWith(session.settings.startView);
      return;
    }
    if (!list.result || list.filter !== filters.applied) void this.#search(filters.applied, 'search');
    else if (q === undefined) this.write(list.result.text);
  }

  /** Begins with a saved view, or as usual when it is there no more. */
  async #startWith(id: string): Promise<void> {
    await views.load().catch(() => undefined); // the list says what is wrong, if it still is
    if (list.result || this.#q() !== undefined) return; // something else was asked for meanwhile
    const view = views.all.find((one) => one.id === id);
    if (view) {
      views.current = view;
      filters.adopt({ ...view.filter, sort: view.filter.sort ?? [] });
    }
    await this.#search(filters.applied, 'search');
  }

  /** Puts a text into the address, as a step of the history unless it only spells it anew. */
  write(text: string, spelling = false): void {
    this.#agreed = text;
    const route = router.route;
    if (route.page !== this.#page || route.q === text) return;
    router.go({ ...route, q: text }, spelling || route.q === undefined ? 'replace' : 'push');
  }

  /** Searches for the address's text where it is another one. Throws what reading it threw. */
  async follow(q: string | undefined): Promise<void> {
    if (q === undefined || q === this.#agreed) return;
    this.#agreed = q;
    const parsed = await backend.filters.Parse(q, i18n.lang);
    // A later step may have overtaken this one.
    if (q !== this.#agreed) return;
    if (parsed.error) {
      filters.unreadable = parsed.error;
      if (!list.result) await this.#search(filters.applied, 'follow'); // nothing is shown yet
      return;
    }
    const before = filters.applied;
    const filter = {
      ...parsed.filter,
      sort: parsed.filter.sort?.length ? parsed.filter.sort : before.sort,
    };
    filters.adopt(filter);
    if (!(await this.#search(filter, 'follow')) && filters.applied === filter) filters.refuse(before);
  }

  #q(): string | undefined {
    const route = router.route;
    return route.page === this.#page ? route.q : undefined;
  }
}
