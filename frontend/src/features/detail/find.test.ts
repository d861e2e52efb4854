import { describe, expect, it } from 'vitest';
import { cut, findAny, findRanges } from './find';

describe('findRanges', () => {
  it.each([
    ['Dvořák', 'dvorak', [{ from: 0, to: 6 }]],
    ['dvorak', 'DVOŘÁK', [{ from: 0, to: 6 }]],
    [
      'aXaXa',
      'a',
      [
        { from: 0, to: 1 },
        { from: 2, to: 3 },
        { from: 4, to: 5 },
      ],
    ],
    ['😀 čas', 'cas', [{ from: 3, to: 6 }]],
    ['e\u0301te\u0301', 'ete', [{ from: 0, to: 5 }]],
    ['abc', '  ', []],
    ['abc', 'd', []],
  ])('finds in %s the words %s', (text, query, want) => {
    expect(findRanges(text, query).map(({ from, to }) => ({ from, to }))).toEqual(want);
  });

  it('gives ranges that hold the words', () => {
    const text = 'Přílišžluťoučký kůň';
    for (const { from, to } of findRanges(text, 'zlutoucky')) expect(text.slice(from, to)).toBe('žluťoučký');
  });
});

describe('findAny', () => {
  it('drops overlaps, the longer first', () => {
    expect(findAny('router a router2', ['router', 'router2'])).toEqual([
      { from: 0, to: 6 },
      { from: 9, to: 16 },
    ]);
  });
});

describe('cut', () => {
  it('marks the part of a hit that lies in the span', () => {
    expect(cut('bold', 2, [{ from: 4, to: 8 }])).toEqual([
      { text: 'bo', hit: -1 },
      { text: 'ld', hit: 0 },
    ]);
    expect(cut('end', 6, [{ from: 4, to: 8 }])).toEqual([
      { text: 'en', hit: 0 },
      { text: 'd', hit: -1 },
    ]);
    expect(cut('x', 0, [])).toEqual([{ text: 'x', hit: -1 }]);
  });
});
