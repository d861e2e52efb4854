import { backend, errorText, type profile } from '$lib/backend';
import { Erasing } from './erasing.svelte';

/** One anonymisation from its preview to its result. */
export class Eraser extends Erasing<profile.EraseResult> {
  preview = $state.raw<profile.ErasePreview>();
  understood = $state(false);
  /** Agreed that this computer's copy alone goes, which a role that forbids anonymising asks for. */
  hereOnly = $state(false);
  typed = $state('');

  readonly #selection: profile.Selection;

  constructor(selection: profile.Selection) {
    super();
    this.#selection = selection;
  }

  /** Interactions that would lose something. */
  readonly left = $derived((this.preview?.interactions ?? 0) - (this.preview?.already ?? 0));
  readonly single = $derived(this.preview?.interactions === 1);
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
    return this.during(this.left, () => backend.erasure.Anonymise(this.#selection, this.onlyHere));
  }
}
