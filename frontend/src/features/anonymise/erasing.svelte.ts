import { backend, errorText, on } from '$lib/backend';

/** An erasure while it runs: how far it is, and what came of it. R is its result. */
export class Erasing<R> {
  progress = $state.raw<{ done: number; total: number; phase?: string }>();
  result = $state.raw<R>();
  failure = $state<string>();
  stopping = $state(false);

  readonly working = $derived(this.progress !== undefined && this.result === undefined);

  /** Runs one over so many interactions. Nothing comes back where it fails; failure says why. */
  protected async during(total: number, erase: () => Promise<R>): Promise<R | undefined> {
    this.failure = undefined;
    this.progress = { done: 0, total };
    const stop = on('erase:progress', (progress) => (this.progress = progress));
    try {
      this.result = await erase();
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
