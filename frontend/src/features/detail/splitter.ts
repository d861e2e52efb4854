/** The least width of the details, in CSS pixels. */
export const narrowest = 380;
/** What a new profile starts with. */
export const usual = 480;
const widestShare = 0.7;

/** Keeps a width between 380 px and 70 % of the window; 0 means the usual one. */
export function boundWidth(width: number, windowWidth: number): number {
  const widest = Math.max(narrowest, Math.round(windowWidth * widestShare));
  return Math.min(widest, Math.max(narrowest, Math.round(width || usual)));
}

/** The width after a key on the splitter, or undefined when the key means nothing there. */
export function widthAfterKey(
  key: string,
  width: number,
  windowWidth: number,
  large: boolean,
): number | undefined {
  const step = large ? 80 : 16;
  switch (key) {
    case 'ArrowLeft':
      return boundWidth(width + step, windowWidth);
    case 'ArrowRight':
      return boundWidth(width - step, windowWidth);
    case 'Home':
      return boundWidth(Infinity, windowWidth);
    case 'End':
      return narrowest;
  }
  return undefined;
}
