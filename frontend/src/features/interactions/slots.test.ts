import { describe, expect, it } from 'vitest';
import { reuse, type Slot } from './slots';

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => from + at);
const made = reuse([], range(0, 10));
const key = (slots: readonly Slot[], index: number) => slots.find((slot) => slot.index === index)?.key;
const keys = (slots: readonly Slot[]) => slots.map((slot) => slot.key).toSorted((a, b) => a - b);

describe('reuse', () => {
  it('makes an element for each row at first', () => {
    expect(made).toEqual(range(0, 10).map((at) => ({ index: at, key: at })));
  });

  it.each([
    ['down', range(3, 13)],
    ['up', range(0, 10)],
  ])('keeps rows that stay and gives the others what is free, scrolling %s', (_, indexes) => {
    const before = reuse(made, range(2, 12));
    const after = reuse(before, indexes);
    for (const index of indexes) {
      if (key(before, index) !== undefined) expect(key(after, index)).toBe(key(before, index));
    }
    expect(keys(after)).toEqual(keys(made));
    expect(after.map((slot) => slot.index)).toEqual(indexes);
  });

  it('gives all elements in their order after a jump', () => {
    expect(reuse(made, range(500, 510)).map((slot) => slot.key)).toEqual(range(0, 10));
  });

  it('makes those that are missing and drops those that are left', () => {
    expect(reuse(made, range(500, 512)).map((slot) => slot.key)).toEqual(range(0, 12));
    expect(reuse(made, range(500, 503)).map((slot) => slot.key)).toEqual([0, 1, 2]);
  });

  it.each([
    ['before', [0, ...range(500, 509)]],
    ['after', [...range(500, 509), 900]],
  ])('reuses around a far row that only keeps the focus, %s the others', (_, indexes) => {
    const before = reuse([], indexes);
    const far = indexes[0] === 0 ? 0 : 900;
    const after = reuse(
      before,
      indexes.map((index) => (index === far ? far : index + 100)),
    );
    expect(key(after, far)).toBe(key(before, far));
    expect(keys(after)).toEqual(keys(before));
  });

  it('leaves alone what it would have to move a staying row for', () => {
    const after = reuse(made, [7, 8, 9, ...range(10, 17)]); // fewer stay than leave
    expect([7, 8, 9].map((index) => key(after, index))).toEqual([7, 8, 9]);
    expect(after.slice(3).map((slot) => slot.key)).toEqual(range(10, 17));
    const jumped = reuse(made, [5, ...range(500, 509)]); // 5 has the focus, and was in the middle
    expect(jumped.map((slot) => slot.key)).toEqual([5, ...range(10, 19)]);
  });
});
