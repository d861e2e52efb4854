import type { Field } from '$state/columns.svelte';

/** The width in px that the drawn cells of a column and its title need. */
export function fitWidth(grid: HTMLElement, field: Field): number {
  let widest = 0;
  for (const cell of grid.querySelectorAll<HTMLElement>(`[data-field="${field}"]`)) {
    const style = getComputedStyle(cell);
    const gap = Number.parseFloat(style.columnGap) || 0;
    let width = Number.parseFloat(style.paddingLeft) + Number.parseFloat(style.paddingRight);
    const parts = [...cell.children].filter((part) => getComputedStyle(part).position !== 'absolute');
    for (const part of parts) width += Math.max(part.scrollWidth, part.getBoundingClientRect().width);
    for (const node of cell.childNodes) {
      if (node.nodeType !== Node.TEXT_NODE || !node.textContent?.trim()) continue;
      const range = document.createRange();
      range.selectNode(node);
      width += range.getBoundingClientRect().width + gap;
    }
    widest = Math.max(widest, width + gap * Math.max(0, parts.length - 1));
  }
  return Math.ceil(widest) + 1;
}
