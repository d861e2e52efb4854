import { describe, expect, it } from 'vitest';
import { arrange, fields, usual } from './columns.svelte';

const names = (saved: Parameters<typeof arrange>[0]) => arrange(saved).map((setting) => setting.field);

describe('arrange', () => {
  it('gives all columns in the usual order when nothing is saved', () => {
    expect(names([])).toEqual([...fields]);
  });

  it('shows the usual columns and hides the others until somebody asks for them', () => {
    const shown = arrange([]).filter((setting) => !setting.hidden);
    expect(shown.map((setting) => setting.field)).toEqual([...usual]);
    const kept = arrange([{ field: 'silence', width: 0, hidden: false }]);
    expect(kept.find((setting) => setting.field === 'silence')?.hidden).toBe(false);
    expect(kept.find((setting) => setting.field === 'focus')?.hidden).toBe(true);
  });

  it('keeps the saved order and puts a new column at its usual place', () => {
    const saved = ['time', 'wa', 'queue'].map((field) => ({ field, width: 0, hidden: false }));
    const got = names(saved);
    expect(got.slice(0, 1)).toEqual(['time']);
    expect(got.indexOf('wa')).toBeLessThan(got.indexOf('queue'));
    expect(got.indexOf('title')).toBe(got.indexOf('wa') + 1);
    expect(got.toSorted()).toEqual([...fields].toSorted());
  });

  it('skips columns that no longer exist and doubles, without losing the rest', () => {
    const got = arrange([
      { field: 'old', width: 50, hidden: false },
      { field: 'user', width: 200, hidden: true },
      { field: 'user', width: 90, hidden: false },
    ]);
    expect(got).toHaveLength(fields.length);
    expect(got.find((setting) => setting.field === 'user')).toEqual({
      field: 'user',
      width: 200,
      hidden: true,
    });
  });

  it('always shows Time, first', () => {
    const got = arrange([
      { field: 'queue', width: 0, hidden: false },
      { field: 'time', width: 140, hidden: true },
    ]);
    expect(got[0]).toEqual({ field: 'time', width: 140, hidden: false });
  });
});
