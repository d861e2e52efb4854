/** A row to draw and the key of the elements that draw it. */
export interface Slot {
  readonly key: number;
  readonly index: number;
}

/**
 * Gives rows that come the elements of rows that leave, which is many times cheaper than making
 * new ones. A row that stays keeps its own. Both lists ascend by index, as the elements do in the
 * page. Elements of rows that stay are never moved there, since what is moved loses the focus.
 */
export function reuse(before: readonly Slot[], indexes: readonly number[]): Slot[] {
  const keys = new Map(before.map((slot) => [slot.index, slot.key]));
  const coming = new Set(indexes);
  const leaving = before.filter((slot) => !coming.has(slot.index)).map((slot) => slot.key);
  const staying = before.length - leaving.length;
  const stay = {
    before: before.map((slot) => coming.has(slot.index)),
    after: indexes.map((index) => keys.has(index)),
  };
  const atStart = stay.before.indexOf(false) >= staying && stay.after.indexOf(false) >= staying;
  const atEnd =
    stay.before.lastIndexOf(false) < leaving.length &&
    stay.after.lastIndexOf(false) < indexes.length - staying;
  // In other cases Svelte would move those that stay, being fewer.
  const free = staying > leaving.length || atStart || atEnd ? leaving : [];
  let unused = Math.max(-1, ...keys.values()) + 1;
  return indexes.map((index) => ({ index, key: keys.get(index) ?? free.shift() ?? unused++ }));
}
