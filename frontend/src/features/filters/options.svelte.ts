import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import { backend, type app } from '$lib/backend';
import { t, tOr } from '$lib/i18n';

/** What a value of a choice is called: people's names as they are, ours from the catalogue. */
export function optionTitle(option: app.PickOption): string {
  if (option.kind === 'none') return t('filter.none');
  return option.title || option.value;
}

/** Titles of users, queues and connectors by their unique names, learnt as they are needed. */
class Titles {
  readonly #known = new SvelteMap<string, string>();
  readonly #asked = new SvelteSet<string>();

  learn(field: string, options: app.PickOption[]): void {
    for (const option of options) this.#known.set(`${field}|${option.value}`, optionTitle(option));
  }

  /** Forgets everything: another profile's users and queues may bear the same unique names. */
  forget(): void {
    this.#known.clear();
    this.#asked.clear();
  }

  /** Fetches the titles of a field once. */
  need(field: string): void {
    if (this.#asked.has(field)) return;
    this.#asked.add(field);
    void backend.filters
      .Values(field)
      .then((options) => this.learn(field, options))
      .catch(() => this.#asked.delete(field));
  }

  of(field: string, value: string): string {
    if (value === '(none)') return t('filter.none');
    // Our own words first: the program gives fixed values without a title.
    const title = this.#known.get(`${field}|${value}`) ?? value.replace(/^group:/, '');
    return tOr(`value.${field}.${value}`, title);
  }
}

export const titles = new Titles();
