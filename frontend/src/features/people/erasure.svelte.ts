import { backend, errorText, type profile } from '$lib/backend';
import { Erasing } from '$features/anonymise/erasing.svelte';

/** The erasure of one person from its preview to its result. */
export class PersonErasure extends Erasing<profile.PersonErased> {
  preview = $state.raw<profile.ErasePreview>();
  understood = $state(false);

  /** The role allows this computer's copy alone to go. */
  readonly onlyHere = $derived(this.preview?.anonymising === 'local');

  readonly #key: profile.PersonKey;
  readonly #names: string[];

  constructor(key: profile.PersonKey, names: string[]) {
    super();
    this.#key = key;
    this.#names = names;
  }

  async look(): Promise<void> {
    try {
      this.preview = await backend.people.Preview(this.#names);
    } catch (reason) {
      this.failure = errorText(reason);
    }
  }

  async run(): Promise<profile.PersonErased | undefined> {
    if (!this.preview || !this.understood || this.working) return undefined;
    return this.during(this.#names.length, () => backend.people.Erase(this.#key, this.#names, this.onlyHere));
  }
}
