import { tick } from 'svelte';
import { ScrollMap, visibleRows } from './scroll';
import { reuse, type Slot } from './slots';

/** After this much rest the thumb goes to where it belongs. */
const settleAfter = 150; // ms

/** Jumps that follow each other within this are the thumb being dragged. */
const dragWithin = 100; // ms
/** A drag that pauses for this has its rows filled, so many in a frame: all take longer than a frame has. */
const restAfter = 40; // ms
const filledAtOnce = 10;

/** How many rows the layer may have moved before it begins anew: engines draw poorly far from their origin. */
const farOrigin = 10_000;

/** The row index of the header, for the active cell. */
export const headerRow = -1;

/** What takes the focus at a place, if it is drawn: the cell, or the box in the first header. */
export function cellAt(grid: HTMLElement, row: number, column: number): HTMLElement | null {
  return grid.querySelector(
    row === headerRow ? `[data-head="${column}"]` : `[data-row="${row}"] [aria-colindex="${column + 1}"]`,
  );
}

/** The place of the cell that an element stands in; none in the header. */
export function placeOf(element: Element): { row: number; column: number } | undefined {
  const cell = element.closest('[aria-colindex]');
  const row = cell?.closest<HTMLElement>('[data-row]')?.dataset.row;
  return cell && row !== undefined
    ? { row: Number(row), column: Number(cell.getAttribute('aria-colindex')) - 1 }
    : undefined;
}

/**
 * Where the grid stands: what is scrolled into view and which cell is active. The active
 * cell is the grid's one tab stop.
 */
export class GridPlace {
  total = $state(0);
  columnCount = $state(0);
  rowHeight = $state(34);
  headHeight = $state(32);
  /** Of the rows, without the header. */
  viewport = $state(0);
  top = $state(0);
  /** The row at whose upper edge the rows' own layer begins. */
  origin = $state(0);
  /** Of the grid and all its lines, in px. */
  width = $state(0);
  /** How far the columns between the pinned ones are scrolled sideways, in px. */
  left = $state(0);
  spacer = $state(0);
  row = $state(0);
  column = $state(1);
  /** How many of the rows drawn show more than their first column, from the first: all but in a drag. */
  filled = $state(Infinity);
  /** Whether something is hidden under the pinned columns. */
  underLeft = $state(false);
  underRight = $state(false);

  /** How far the rows' layer is moved down, in px. */
  readonly shift = $derived(this.origin * this.rowHeight - this.top);
  readonly drawn = $derived(visibleRows(this.top, this.viewport, this.rowHeight, this.total));
  /** Rows drawn, and the active one wherever it is, so that it keeps the focus. */
  readonly slots = $derived.by(() => {
    const { from, to } = this.drawn;
    const rows = Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at);
    if (this.row >= 0 && this.row < Math.min(from, this.total)) rows.unshift(this.row);
    else if (this.row >= to && this.row < this.total) rows.push(this.row);
    return (this.#slots = reuse(this.#slots, rows));
  });

  #slots: Slot[] = [];
  #map = new ScrollMap();
  #scroller: HTMLElement | undefined;
  /** The scrollTop last seen or given. */
  #at = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #jumped = -Infinity; // when all rows were others the last time
  #frame = 0;

  attach(scroller: HTMLElement): () => void {
    this.#scroller = scroller;
    return () => {
      clearTimeout(this.#timer);
      cancelAnimationFrame(this.#frame);
      this.filled = Infinity;
      this.#scroller = undefined;
    };
  }

  /** Takes the height of the viewport in px, and looks at the width; whenever a size may have changed. */
  measure(total: number, viewport: number): void {
    this.viewport = viewport;
    this.count(total);
    this.#sideways();
  }

  /**
   * Takes another number of rows, or of their height. Nothing is measured: between the new rows and
   * their painting that would lay out the whole page once more.
   */
  count(total: number): void {
    this.total = total;
    this.#map.resize(total * this.rowHeight, this.viewport);
    this.spacer = this.#map.spacer;
    this.#stand();
    if (this.row >= total) this.row = Math.max(0, total - 1);
  }

  scrolled(): void {
    if (!this.#scroller) return;
    this.#at = this.#scroller.scrollTop;
    this.#map.scrolled(this.#at);
    if (Math.abs(this.#map.top - this.top) > this.viewport) this.#jump();
    this.#stand();
    this.#sideways();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#assign(this.#map.settle()), settleAfter);
  }

  /** Scrolls so that a row is wholly in view, by as little as possible. */
  reveal(row: number): void {
    const at = row * this.rowHeight;
    if (at < this.top) this.#moveTo(at);
    else if (at + this.rowHeight > this.top + this.viewport)
      this.#moveTo(at + this.rowHeight - this.viewport);
  }

  toStart(): void {
    this.row = 0;
    this.#moveTo(0);
  }

  /** Makes a cell active, in view and focused. */
  async go(row: number, column: number): Promise<void> {
    this.row = Math.min(Math.max(headerRow, row), this.total - 1);
    this.column = Math.min(Math.max(0, column), this.columnCount - 1);
    if (this.row >= 0) this.reveal(this.row);
    await this.focus();
  }

  async focus(): Promise<void> {
    await tick();
    const cell = this.#scroller && cellAt(this.#scroller, this.row, this.column);
    if (!cell) return;
    cell.focus({ preventScroll: true });
    this.#revealSideways(cell);
  }

  /** Rows of a page: what is in view but one, so that the eye keeps a line. */
  get page(): number {
    return Math.max(1, Math.floor(this.viewport / this.rowHeight) - 1);
  }

  #moveTo(top: number): void {
    this.#assign(this.#map.moveTo(top));
    this.#stand();
  }

  /**
   * Takes the top. Rows keep their places in the layer, which moves; where all are others, they take
   * the places of those before. So nothing is laid out or drawn again but what is new.
   */
  #stand(): void {
    const before = this.drawn.from;
    this.top = this.#map.top;
    const { from, to } = this.drawn;
    if (Math.abs(from - before) >= to - from) this.origin += from - before;
    if (Math.abs(from - this.origin) > farOrigin) this.origin = from;
  }

  #assign(scrollTop: number): void {
    if (!this.#scroller) return;
    // The top is the one place where it stands for certain; asking would lay out the page.
    if (scrollTop === 0 && this.#at === 0) return;
    this.#at = scrollTop;
    this.#scroller.scrollTop = scrollTop;
    // The engine may round to its own pixels; that must not count as a step.
    this.#map.assigned(this.#scroller.scrollTop);
  }

  #revealSideways(cell: HTMLElement): void {
    const scroller = this.#scroller;
    const view = cell.closest('[data-sideways]')?.getBoundingClientRect();
    if (!scroller || !view) return; // a pinned one
    const own = cell.getBoundingClientRect();
    if (own.left < view.left) scroller.scrollLeft -= view.left - own.left;
    else if (own.right > view.right) scroller.scrollLeft += own.right - view.right;
    this.#sideways();
  }

  #jump(): void {
    const now = performance.now();
    const dragged = now - this.#jumped < dragWithin;
    this.#jumped = now;
    cancelAnimationFrame(this.#frame);
    this.filled = dragged ? 0 : Infinity;
    if (!dragged) return;
    const more = () => {
      if (performance.now() - this.#jumped >= restAfter) this.filled += filledAtOnce;
      if (this.filled >= this.slots.length) this.filled = Infinity;
      else this.#frame = requestAnimationFrame(more);
    };
    this.#frame = requestAnimationFrame(more);
  }

  #sideways(): void {
    const scroller = this.#scroller;
    if (!scroller) return;
    this.left = scroller.scrollLeft;
    this.width = scroller.clientWidth;
    this.underLeft = scroller.scrollLeft > 0;
    this.underRight = scroller.scrollLeft + scroller.clientWidth < scroller.scrollWidth - 1;
  }
}
