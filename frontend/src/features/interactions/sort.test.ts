import { describe, expect, it } from 'vitest';
import { nextSort } from './sort';

describe('nextSort', () => {
  it('starts ascending and reverses', () => {
    const first = nextSort([], 'wait', false);
    expect(first).toEqual([{ field: 'wait', desc: false }]);
    expect(nextSort(first, 'wait', false)).toEqual([{ field: 'wait', desc: true }]);
  });

  it('reverses the default order of time', () => {
    expect(nextSort([], 'time', false)).toEqual([{ field: 'time', desc: false }]);
  });

  it('adds keys with Shift, turns one round in its place, and keeps the last three', () => {
    const two = nextSort([{ field: 'queue' }], 'user', true);
    expect(two.map((key) => key.field)).toEqual(['queue', 'user']);
    expect(nextSort(two, 'queue', true)[0]).toEqual({ field: 'queue', desc: true });
    const four = nextSort(nextSort(two, 'wait', true), 'ended', true);
    expect(four.map((key) => key.field)).toEqual(['user', 'wait', 'ended']);
  });
});
