/** What the Tab key stops at inside a part of the page, in its order. */
export function stopsIn(root: ParentNode): HTMLElement[] {
  const all = root.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, [tabindex]');
  return [...all].filter(
    (one) =>
      one.tabIndex >= 0 &&
      !one.matches(':disabled, [type=radio]:not(:checked)') && // of a group of radios, the chosen one
      !one.closest('[inert]') &&
      one.checkVisibility(),
  );
}

/** What Tab goes on to after an element of the page, with what is inside of layer left out. */
export function neighbourOf(element: HTMLElement, layer: HTMLElement): HTMLElement | undefined {
  const after = (one: HTMLElement) =>
    (element.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0 &&
    !element.contains(one) &&
    !layer.contains(one);
  return stopsIn(document).find(after);
}
