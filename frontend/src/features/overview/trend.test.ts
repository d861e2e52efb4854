import { expect, it } from 'vitest';
import type { app } from '$lib/backend';
import { axisPlaces, axisTicks, partName } from './trend';

it.each([
  [7, 10, [0, 1, 2, 3, 4, 5, 6]],
  [30, 4, [0, 8, 16, 24]],
  [1, 1, [0]],
  [0, 3, []],
])('of %i parts with room for %i names some have one', (count, room, want) => {
  expect(axisPlaces(count, room)).toEqual(want);
});

it.each<[Parameters<typeof axisTicks>, number[]]>([
  [
    ['count', 25],
    [0, 10, 20, 30],
  ],
  [
    ['count', 1],
    [0, 1],
  ],
  [['count', 0], [0]],
  [
    ['share', 0.4],
    [0, 0.5, 1],
  ],
  [
    ['time', 700],
    [0, 300, 600, 900],
  ],
])('%j has round figures beside the axis', (given, want) => {
  expect(axisTicks(...given)).toEqual(want);
});

it('names parts as people call them', () => {
  const part = { place: 9, from: '2026-11-16', to: '2026-11-22' } as app.TrendPart;
  expect(partName('hour', part)).toBe('9:00');
  expect(partName('month', { ...part, from: '2026-11-01' })).toBe('November 2026');
});
