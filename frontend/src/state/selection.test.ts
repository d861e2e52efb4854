import { describe, expect, it } from 'vitest';
import { RowSelection } from './selection.svelte';

describe('RowSelection', () => {
  it('ticks and unticks by name', () => {
    const selection = new RowSelection();
    selection.toggle('a');
    selection.setMany(['b', 'c'], true);
    selection.toggle('a');
    expect(selection.has('a')).toBe(false);
    expect(selection.has('b')).toBe(true);
    expect(selection.count(10)).toBe(2);
    expect(selection.extent(10)).toBe('some');
    expect(selection.toRequest('s')).toEqual({ snapshot: 's', all: false, except: [], names: ['b', 'c'] });
  });

  it('selects all that match and lets single ones be taken out', () => {
    const selection = new RowSelection();
    selection.toggle('x');
    selection.selectAll();
    expect(selection.has('x')).toBe(true);
    expect(selection.extent(12_408)).toBe('all');
    selection.toggle('x');
    selection.toggle('y');
    expect(selection.count(12_408)).toBe(12_406);
    expect(selection.has('x')).toBe(false);
    expect(selection.toRequest('s')).toEqual({ snapshot: 's', all: true, except: ['x', 'y'], names: [] });
    selection.toggle('x');
    expect(selection.count(12_408)).toBe(12_407);
  });

  it('is nothing again after clear', () => {
    const selection = new RowSelection();
    selection.selectAll();
    selection.clear();
    expect(selection.extent(5)).toBe('none');
    expect(selection.extent(0)).toBe('none');
  });
});
