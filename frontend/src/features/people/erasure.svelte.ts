import { backend, errorText, on, type profile } from '$lib/backend';

/** The erasure of one person from its preview to its result. */
export class PersonErasure {
  preview = $state.raw<profile.ErasePreview>();
  progress = $state.raw<{ done: number; total: number; phase?: string }>();
  result = $state.raw<profile.PersonErased>();
  failure = $state<string>();
  stopping = $state(false);
  understood = $state(false);

  readonly working = $derived(this.progress !== undefined && this.result === undefined);
  /** The role allows this computer's copy alone to go. */
  readonly onlyHere = $derived(this.preview?.anonymising === 'local');

  readonly #key: profile.PersonKey;
  readonly #names: string[];

  constructor(key: profile.PersonKey, names: string[]) {
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
    this.failure = undefined;
    this.progress = { done: 0, total: this.#names.length };
    const stop = on('erase:progress', (progress) => (this.progress = progress));
    try {
      this.result = await backend.people.Erase(this.#key, this.#names, this.onlyHere);
      return this.result;
    } catch (reason) {
      this.failure = errorText(reason);
      this.progress = undefined;
      return undefined;
    } finally {
      stop();
    }
  }

  /** Ends after the interactions that are being erased. */
  stop(): void {
    this.stopping = true;
    void backend.erasure.Stop().catch(() => (this.stopping = false));
  }
}
