import { beforeEach, describe, expect, it } from 'vitest';
import { setZone } from '$lib/format';
import { dayRange, heatRows, hourRange, isMarked, shadeOf, stripCells, stripKind } from './heat';

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
    const rows = heatRows([{ fromMs: 5, day: 1, hour: 9, count: 4, missed: 1 }], 'days');
    expect(rows).toHaveLength(2);
    expect(rows[0]).toHaveLength(24);
    expect(rows[1]?.[9]).toEqual({ fromMs: 5, day: 1, hour: 9, count: 4, missed: 1 });
    expect(rows[1]?.[8]?.count).toBe(0);
  });
});

describe('one day', () => {
  it('has a repeated hour twice and a skipped one not at all', () => {
    const cells = [0, 1, 2, 2, 3].map((hour, at) => ({ fromMs: at + 1, day: 0, hour, count: at, missed: 0 }));
    expect(heatRows(cells, 'day')).toEqual([cells]);
  });
});

describe('the strip', () => {
  const rows = heatRows(
    [
      { fromMs: 1, day: 0, hour: 0, count: 0, missed: 0 },
      { fromMs: 5, day: 0, hour: 9, count: 4, missed: 1 },
      { fromMs: 6, day: 1, hour: 9, count: 2, missed: 0 },
      { fromMs: 7, day: 1, hour: 10, count: 1, missed: 1 },
    ],
    'days',
  );

  it.each([
    ['day', 1, 'hours'],
    ['days', 4, 'hours'],
    ['days', 5, 'days'],
    ['days', 31, 'days'],
    ['weekdays', 7, 'allHours'],
  ])('of %s in %i rows has cells of %s', (heat, days, kind) => {
    expect(stripKind(heat, days)).toBe(kind);
  });
  it('adds the hours of a day up', () => {
    expect(stripCells('days', rows)).toEqual([
      { fromMs: 1, day: 0, hour: 0, count: 4, missed: 1 },
      { fromMs: 6, day: 1, hour: 0, count: 3, missed: 1 },
    ]);
  });
  it('adds an hour of all days up', () => {
    const cells = stripCells('allHours', rows);
    expect(cells).toHaveLength(24);
    expect(cells[9]).toEqual({ fromMs: 0, day: 0, hour: 9, count: 6, missed: 1 });
  });
});

describe('isMarked', () => {
  const whole = { total: 1000, missed: 100 };
  const cell = (count: number, missed: number) => ({ fromMs: 1, day: 0, hour: 9, count, missed });
  it('is every hour of a day in which something was missed', () => {
    expect(isMarked(cell(40, 1), whole, true)).toBe(true);
    expect(isMarked(cell(40, 0), whole, true)).toBe(false);
  });
  it('is what was missed twice as often as usual, over many days', () => {
    expect(isMarked(cell(40, 4), whole, false)).toBe(false);
    expect(isMarked(cell(40, 8), whole, false)).toBe(true);
    expect(isMarked(cell(2, 1), whole, false)).toBe(false); // one says nothing
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

  it('goes over whole days', () => {
    const days = dayRange(cell('2026-11-19T00:00:00+01:00', 0), cell('2026-11-20T00:00:00+01:00', 0));
    expect(days).toEqual(['2026-11-19 00:00', '2026-11-21 00:00']);
  });
  it('goes from one hour up to another', () => {
    const range = hourRange(cell('2026-11-19T22:00:00+01:00', 22), cell('2026-11-20T01:00:00+01:00', 1));
    expect(range).toEqual(['2026-11-19 22:00', '2026-11-20 02:00']);
  });
});
