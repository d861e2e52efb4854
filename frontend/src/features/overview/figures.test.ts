import { describe, expect, it } from 'vitest';
import type { app } from '$lib/backend';
import { busiest, sortRows, tableText, waitCondition, withinTarget } from './figures';

const buckets = [10, 30, 60, 120, 300, -1].map((limitS) => ({ limitS, count: 1 }));

describe('waitCondition', () => {
  it.each([
    [3, 'between', ['61', '120']],
    [5, 'ge', ['301']],
  ])('of bar %i', (index, op, values) => {
    expect(waitCondition(buckets, index)).toEqual({ field: 'wait', op, values });
  });
  it('of the first bar leaves out those who never waited in a queue', () => {
    expect(waitCondition(buckets, 0)).toEqual({
      or: [
        { field: 'wait', op: 'between', values: ['1', '10'] },
        {
          and: [
            { field: 'wait', op: 'eq', values: ['0'] },
            { field: 'answered', op: 'any', values: ['yes'] },
            { field: 'queue', op: 'nempty' },
            { field: 'direction', op: 'none', values: ['OUT'] },
          ],
        },
      ],
    });
  });
  it('is nothing outside', () => {
    expect(waitCondition(buckets, 9)).toBeUndefined();
  });
});

it.each([
  [120, 4],
  [0, 0],
  [9999, 5],
])('puts a target of %i s after %i bars', (target, want) => {
  expect(withinTarget(buckets, target)).toBe(want);
});

it('finds the busiest hour, and none of nothing', () => {
  const cell = (hour: number, count: number) => ({ hour, count }) as app.HeatCell;
  expect(busiest([cell(8, 3), cell(9, 25), cell(10, 25)])?.hour).toBe(9);
  expect(busiest([cell(8, 0)])).toBeUndefined();
});

it('writes tables that a spreadsheet takes as text', () => {
  expect(tableText(['A', 'B'], [['=1+1', 'x\ty']])).toBe("A\tB\r\n'=1+1\tx y");
});

describe('sortRows', () => {
  const row = (title: string, waitS: number) => ({ title, waitS }) as app.OverviewRow;
  const rows = [row('Chalupa', 5), row('Hora', -1), row('Černý', 9), row('Cibulka', 0)];
  const titles = (...of: Parameters<typeof sortRows>) => sortRows(...of).map((one) => one.title);

  it('sorts by a figure both ways, with what is unknown last', () => {
    const wait = (one: app.OverviewRow) => one.waitS;
    expect(titles(rows, wait, true)).toEqual(['Černý', 'Chalupa', 'Cibulka', 'Hora']);
    expect(titles(rows, wait, false)).toEqual(['Cibulka', 'Chalupa', 'Černý', 'Hora']);
  });

  it('sorts names as Czech does', () => {
    expect(titles(rows, undefined, false)).toEqual(['Cibulka', 'Černý', 'Hora', 'Chalupa']);
  });
});
