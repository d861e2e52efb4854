import { describe, expect, it } from 'vitest';
import { maxSpacer, ScrollMap, visibleRows } from './scroll';

const rowHeight = 34;
const viewport = 700;

function mapOf(rows: number): ScrollMap {
  const map = new ScrollMap();
  map.resize(rows * rowHeight, viewport);
  return map;
}

describe('ScrollMap', () => {
  it('is the identity while the rows fit the spacer', () => {
    const map = mapOf(1000);
    map.scrolled(12_345);
    expect(map.top).toBe(12_345);
    expect(map.spacer).toBe(34_000);
    expect(map.settle()).toBe(12_345);
  });

  it('never makes the spacer taller than every engine can draw', () => {
    expect(mapOf(1_000_000).spacer).toBe(maxSpacer);
  });

  it('moves rows one to one by steps up to a viewport', () => {
    const map = mapOf(1_000_000);
    map.scrolled(100);
    map.scrolled(220);
    expect(map.top).toBe(220);
  });

  it('reaches the last row with the thumb at the end', () => {
    const map = mapOf(1_000_000);
    map.scrolled(maxSpacer - viewport);
    expect(map.top).toBe(1_000_000 * rowHeight - viewport);
  });

  it('maps a dragged thumb in proportion', () => {
    const map = mapOf(1_000_000);
    map.scrolled((maxSpacer - viewport) / 2);
    expect(map.top).toBeCloseTo(map.maxTop / 2, 3);
  });

  it('settles the thumb without moving a row, and goes on one to one from there', () => {
    const map = mapOf(1_000_000);
    map.scrolled(500);
    const before = map.top;
    const at = map.settle();
    expect(at).toBe(Math.round((500 / map.maxTop) * (maxSpacer - viewport)));
    map.scrolled(at);
    expect(map.top).toBe(before);
    map.scrolled(at + 34);
    expect(map.top).toBe(before + 34);
  });

  it('clamps the place when fewer rows are left', () => {
    const map = mapOf(1000);
    map.scrolled(30_000);
    map.resize(10 * rowHeight, viewport);
    expect(map.top).toBe(0);
    expect(map.settle()).toBe(0);
  });

  it('clamps what it is told to assign', () => {
    const map = mapOf(100);
    expect(map.moveTo(1e9)).toBe(100 * rowHeight - viewport);
    expect(map.moveTo(-5)).toBe(0);
  });
});

describe('visibleRows', () => {
  it('keeps a few rows beyond each edge, the same number everywhere, and stays within the result', () => {
    expect(visibleRows(0, viewport, rowHeight, 1000)).toEqual({ from: 0, to: 30 });
    expect(visibleRows(3400, viewport, rowHeight, 1000)).toEqual({ from: 96, to: 126 });
    expect(visibleRows(3433, viewport, rowHeight, 1000)).toEqual({ from: 96, to: 126 }); // 100.97 to 121.6 show
    expect(visibleRows(33_300, viewport, rowHeight, 1000)).toEqual({ from: 970, to: 1000 });
    expect(visibleRows(0, viewport, rowHeight, 3)).toEqual({ from: 0, to: 3 });
    expect(visibleRows(0, viewport, rowHeight, 0)).toEqual({ from: 0, to: 0 });
  });
});
