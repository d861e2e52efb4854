import { expect, it } from 'vitest';
import { asForAll, offered, readGoal, readTarget, sectionOf, writeGoal, writeTarget } from './values';

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
  ['721:00:00', undefined],
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

it('tells no target of a queue from the one for all', () => {
  expect(readGoal('waitS', '', false)).toBe(0);
  expect(readGoal('waitS', '', true)).toBe(asForAll);
  expect(readGoal('waitS', '0:00', true)).toBe(0);
  expect(writeGoal('waitS', 0, true)).toBe('0:00');
  expect(writeGoal('waitS', asForAll, true)).toBe('');
  expect(writeGoal('waitS', 0, false)).toBe('');
});

it.each([
  ['90', 90],
  ['90 %', 90],
  ['100', 100],
  ['101', undefined],
  ['9.5', undefined],
  ['-5', undefined],
])('reads the share %s', (text, want) => {
  expect(readGoal('answeredPercent', text, false)).toBe(want);
});
