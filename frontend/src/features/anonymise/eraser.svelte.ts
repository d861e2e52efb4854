import { backend, errorText, on, type profile } from '$lib/backend';

/** One anonymisation from its preview to its result. */
export class Eraser {
  preview = $state.raw<profile.ErasePreview>();
  progress = $state.raw<{ done: number; total: number; phase?: string }>();
  result = $state.raw<profile.EraseResult>();
  failure = $state<string>();
  stopping = $state(false);

  understood = $state(false);
  /** Agreed that this computer's copy alone goes, which a role that forbids anonymising asks for. */
  hereOnly = $state(false);
  typed = $state('');

  readonly #selection: profile.Selection;

  constructor(selection: profile.Selection) {
    this.#selection = selection;
  }

  /** Interactions that would lose something. */
  readonly left = $derived((this.preview?.interactions ?? 0) - (this.preview?.already ?? 0));
  readonly single = $derived(this.preview?.interactions === 1);
  readonly working = $derived(this.progress !== undefined && this.result === undefined);
  readonly onlyHere = $derived(this.preview?.anonymising === 'local');
  readonly confirmed = $derived(
    (!this.onlyHere || this.hereOnly) &&
      (this.single
        ? this.understood
        : this.typed.replace(/[\s\u00a0.,]/g, '') === String(this.preview?.interactions)),
  );
  readonly possible = $derived(this.preview !== undefined && this.left > 0);

  async look(): Promise<void> {
    try {
      this.preview = await backend.erasure.Preview(this.#selection);
    } catch (reason) {
      this.failure = errorText(reason);
    }
  }

  async run(): Promise<profile.EraseResult | undefined> {
    if (!this.possible || !this.confirmed || this.working) return undefined;
    this.failure = undefined;
    this.progress = { done: 0, total: this.left };
    const stop = on('erase:progress', (progress) => {
      this.progress = progress;
    });
    try {
      this.result = await backend.erasure.Anonymise(this.#selection, this.onlyHere);
      return this.result;
    } catch (reason) {
      this.failure = errorText(reason);
      this.progress = undefined;
      return undefined;
    } finally {
      stop();
    }
  }

  /** Ends after the interaction that is being erased. */
  stop(): void {
    this.stopping = true;
    void backend.erasure.Stop().catch(() => (this.stopping = false));
  }
}
