import { describe, expect, it } from 'vitest';
import { heatRows, shadeOf } from './heat';

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
