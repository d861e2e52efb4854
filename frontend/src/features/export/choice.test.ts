import { describe, expect, it } from 'vitest';
import { allColumns, pickable, columnsOf, defaultChoice, moved, readChoice } from './choice';

const usual = defaultChoice('en', 'cs');

describe('defaultChoice', () => {
  it('follows the region for .csv, not the language', () => {
    expect(usual).toMatchObject({ lang: 'en', region: 'cs', delimiter: ';', bom: true });
    expect(defaultChoice('en', '')).toMatchObject({ region: 'en', delimiter: ',' });
    expect(defaultChoice('cs', '')).toMatchObject({ region: 'cs' });
  });
});

describe('readChoice', () => {
  it.each(['', 'no json', '[]', 'null', '{"format":"docx","sheets":"all","picked":5,"extra":1}'])(
    'survives %s',
    (kept) => {
      expect(readChoice(kept, usual)).toEqual(usual);
    },
  );

  it('gives back what was kept', () => {
    const choice = { ...usual, format: 'csv' as const, raw: true, sheets: ['messages'] };
    expect(readChoice(JSON.stringify(choice), usual)).toEqual(choice);
  });

  it('skips unknown and doubled columns and adds new ones', () => {
    const kept = {
      columns: 'pick',
      picked: [
        { field: 'title', on: false },
        { field: 'gone', on: true },
        { field: 'title', on: true },
      ],
    };
    const { picked } = readChoice(JSON.stringify(kept), usual);
    expect(picked).toHaveLength(pickable.length);
    expect(picked[0]).toEqual({ field: 'title', on: false });
    expect(picked[1]).toEqual({ field: 'time', on: true });
  });
});

describe('columnsOf', () => {
  const list = [
    { field: 'wait', width: 80, hidden: false },
    { field: 'time', width: 80, hidden: true },
    { field: 'queue', width: 80, hidden: false },
  ];
  it('takes the order of the list', () => {
    expect(columnsOf(usual, list)).toEqual(['wait', 'queue']);
    expect(columnsOf(usual, [])).toEqual([...allColumns]);
  });
  it('takes all, or those picked', () => {
    expect(columnsOf({ ...usual, columns: 'all' }, list)).toEqual([...allColumns]);
    const picked = [
      { field: 'user', on: true },
      { field: 'time', on: false },
    ];
    expect(columnsOf({ ...usual, columns: 'pick', picked }, list)).toEqual(['user']);
  });
});

it.each([
  [0, 1, 'bac'],
  [2, -2, 'cab'],
  [2, 5, 'abc'],
  [0, -1, 'abc'],
])('moves the column %i by %i', (from, by, want) => {
  expect(moved([...'abc'], from, by).join('')).toBe(want);
});
