/** How much room texts take, so that widths can follow the words of a language and the font in use. */

/** The weights that the screens use. */
type Weight = 400 | 500 | 600;

let pen: CanvasRenderingContext2D | null | undefined;
const known = new Map<string, number>();

/** The width of a text in px at the normal text size; 0 where nothing is drawn, as in tests without a page. */
export function textWidth(text: string, size = 13, weight: Weight = 400): number {
  if (typeof document === 'undefined') return 0;
  pen ??= document.createElement('canvas').getContext('2d');
  if (!pen) return 0;
  const font = `${weight} ${size}px ${getComputedStyle(document.body).fontFamily}`;
  const key = `${font}|${text}`;
  let width = known.get(key);
  if (width === undefined) {
    pen.font = font;
    known.set(key, (width = Math.ceil(pen.measureText(text).width)));
  }
  return width;
}

/** The width of the widest of some texts. */
export function widest(texts: readonly string[], size = 13, weight: Weight = 400): number {
  return Math.max(0, ...texts.map((text) => textWidth(text, size, weight)));
}
