/** The tallest spacer that every engine draws at every scale, in px. */
export const maxSpacer = 8_000_000;

/**
 * Maps the scrollbar of a spacer of limited height to rows of any number. Up to the limit
 * it is the identity. Beyond it, steps up to one viewport move rows by exactly that much;
 * larger ones (the thumb being dragged, Ctrl+End) mean a place in proportion. After the
 * scrolling has come to rest, settle gives the place where the thumb belongs.
 */
export class ScrollMap {
  /** Distance from the first row's top to the top of the viewport, px of content. */
  top = 0;
  #content = 0;
  #viewport = 0;
  #last = 0;

  get spacer(): number {
    return Math.min(this.#content, maxSpacer);
  }

  get maxTop(): number {
    return Math.max(0, this.#content - this.#viewport);
  }

  get #maxScroll(): number {
    return Math.max(0, this.spacer - this.#viewport);
  }

  get #mapped(): boolean {
    return this.#content > maxSpacer;
  }

  /** Takes new sizes in px; the top stays where it is as far as it can. */
  resize(content: number, viewport: number): void {
    this.#content = content;
    this.#viewport = viewport;
    this.top = clamp(this.top, 0, this.maxTop);
  }

  /** Takes the scroller's new scrollTop and moves the rows. */
  scrolled(scrollTop: number): void {
    const at = clamp(scrollTop, 0, this.#maxScroll);
    const step = at - this.#last;
    this.#last = at;
    if (!this.#mapped) {
      this.top = at;
    } else if (Math.abs(step) <= this.#viewport) {
      this.top = clamp(this.top + step, 0, this.maxTop);
    } else {
      this.top = this.#maxScroll === 0 ? 0 : (at / this.#maxScroll) * this.maxTop;
    }
  }

  /** Moves the rows to a top and returns the scrollTop to assign. */
  moveTo(top: number): number {
    this.top = clamp(top, 0, this.maxTop);
    return this.settle();
  }

  /** The scrollTop that belongs to the present top; assigning it moves no row. */
  settle(): number {
    this.#last = this.#mapped ? Math.round((this.top / this.maxTop) * this.#maxScroll) : this.top;
    this.#last = clamp(this.#last, 0, this.#maxScroll);
    return this.#last;
  }

  /** Takes what the scroller made of an assigned scrollTop; no row moves by it. */
  assigned(scrollTop: number): void {
    this.#last = clamp(scrollTop, 0, this.#maxScroll);
  }
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), Math.max(low, high));
}

/**
 * The rows to draw: those in the viewport and a few beyond each edge. Their number is the same
 * wherever the viewport stands, so that their elements can be used again.
 */
export function visibleRows(
  top: number,
  viewport: number,
  rowHeight: number,
  total: number,
  beyond = 4,
): { from: number; to: number } {
  const count = Math.min(total, Math.ceil(viewport / rowHeight) + 1 + 2 * beyond);
  const first = Math.floor(top / rowHeight) - beyond;
  const from = Math.max(0, Math.min(first, total - count));
  return { from, to: from + count };
}
