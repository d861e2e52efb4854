import { beforeEach, describe, expect, it } from 'vitest';
import { setZone } from '$lib/format';
import { heatRows, hourRange, shadeOf } from './heat';

describe('shadeOf', () => {
  it('is none for nothing and the darkest for the largest', () => {
    expect(shadeOf(0, 7)).toBe(0);
    expect(shadeOf(1, 7)).toBe(1);
    expect(shadeOf(4, 7)).toBe(3);
    expect(shadeOf(7, 7)).toBe(5);
    expect(shadeOf(0, 0)).toBe(0);
  });
});

describe('heatRows', () => {
  it('gives every day its 24 hours', () => {
    const rows = heatRows([{ fromMs: 5, day: 1, hour: 9, count: 4, missed: 1 }]);
    expect(rows).toHaveLength(2);
    expect(rows[0]).toHaveLength(24);
    expect(rows[1]?.[9]).toEqual({ fromMs: 5, day: 1, hour: 9, count: 4, missed: 1 });
    expect(rows[1]?.[8]?.count).toBe(0);
  });
});

describe('hourRange', () => {
  beforeEach(() => setZone('Europe/Prague'));
  const cell = (iso: string, hour: number) => ({
    fromMs: Date.parse(iso),
    day: 0,
    hour,
    count: 1,
    missed: 0,
  });

  it.each([
    ['an hour', '2026-11-19T10:00:00+01:00', 10, '2026-11-19 10:00', '2026-11-19 11:00'],
    ['the last of a day', '2026-11-30T23:00:00+01:00', 23, '2026-11-30 23:00', '2026-12-01 00:00'],
    ['one that comes twice', '2026-10-25T02:00:00+02:00', 2, '2026-10-25 02:00', '2026-10-25 03:00'],
    [
      'one before hours that are left out',
      '2026-03-29T01:00:00+01:00',
      1,
      '2026-03-29 01:00',
      '2026-03-29 02:00',
    ],
  ])('gives %s by the clock', (_, iso, hour, from, to) => {
    expect(hourRange(cell(iso, hour), cell(iso, hour))).toEqual([from, to]);
  });

  it('goes from one hour up to another', () => {
    const range = hourRange(cell('2026-11-19T22:00:00+01:00', 22), cell('2026-11-20T01:00:00+01:00', 1));
    expect(range).toEqual(['2026-11-19 22:00', '2026-11-20 02:00']);
  });
});
