import { expect, it } from 'vitest';
import { offered, readTarget, sectionOf, writeTarget } from './values';

it.each([
  ['2:00', 120],
  ['0:05', 5],
  ['1:02:03', 3723],
  ['90', 90],
  [' 3:10 ', 190],
  ['0', 0],
  ['1:75', undefined],
  ['-1', undefined],
  ['', undefined],
  ['two', undefined],
  ['25:00:00', undefined],
  ['1:2:3:4', undefined],
])('reads the target %s', (text, want) => {
  expect(readTarget(text)).toBe(want);
});

it.each([0, 5, 120, 3723, 86400])('writes what it reads: %i s', (seconds) => {
  expect(readTarget(writeTarget(seconds))).toBe(seconds);
});

it('falls back to the first section', () => {
  expect(sectionOf('data')).toBe('data');
  expect(sectionOf('nothing')).toBe('connection');
});

it('keeps a value that is not offered', () => {
  expect(offered([0, 15, 60], 7)).toEqual([0, 7, 15, 60]);
});
