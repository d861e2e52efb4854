/**
 * Where an arrow key goes in a grid of cells that are one stop of the Tab key: the place of the
 * next one, or undefined for another key and beyond an edge. Across is how many a line has.
 */
export function rove(key: string, at: number, across: number, count: number): number | undefined {
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: across, ArrowUp: -across }[key];
  const next = at + (step ?? 0);
  return step === undefined || next < 0 || next >= count ? undefined : next;
}

/** Gives the focus to the cell that has this place. */
export function focusCell(root: HTMLElement | undefined, at: number): void {
  root?.querySelector<HTMLElement>(`[data-at="${at}"]`)?.focus();
}
