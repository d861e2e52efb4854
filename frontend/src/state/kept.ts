/**
 * A value that is kept elsewhere. Changes show at once and are kept one after the other, so that
 * none overtakes a later one; one that cannot be kept is taken back.
 */
export class Kept<T extends object> {
  readonly #keep: (value: T) => Promise<T>;
  readonly #show: (value: T) => void;
  #kept: T | undefined;
  #shown: T | undefined;
  #changes = 0;
  #last: Promise<unknown> = Promise.resolve();

  /** Keeping resolves with what is kept, which may differ from what was asked for. */
  constructor(keep: (value: T) => Promise<T>, show: (value: T) => void) {
    this.#keep = keep;
    this.#show = show;
  }

  /** Takes what is kept already. */
  adopt(value: T): void {
    this.#changes++;
    this.#kept = value;
    this.#put(value);
  }

  /** Rejects when the change cannot be kept. Before a value was adopted nothing happens. */
  async change(patch: Partial<T>): Promise<void> {
    if (!this.#shown) return;
    const own = ++this.#changes;
    this.#put({ ...this.#shown, ...patch });
    const kept = this.#last.then(async () => {
      this.#kept = await this.#keep({ ...this.#kept!, ...patch });
    });
    this.#last = kept.catch(() => {}); // the next one is tried all the same
    try {
      await kept;
    } finally {
      // A later change shows more than this one knows of.
      if (own === this.#changes) this.#put(this.#kept!);
    }
  }

  #put(value: T): void {
    this.#shown = value;
    this.#show(value);
  }
}
