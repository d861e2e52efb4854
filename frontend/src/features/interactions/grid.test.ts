import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { GridPlace } from './grid.svelte';

const viewport = 680; // px: 20 rows, of which 29 are drawn

let frames: FrameRequestCallback[] = [];
let now = 0;
let scroller: { scrollTop: number; scrollLeft: number; clientWidth: number; scrollWidth: number };
let place: GridPlace;

/** Lets the page draw a frame. */
function frame(): void {
  const due = frames;
  frames = [];
  for (const callback of due) callback(now);
}

function scrollTo(top: number): void {
  scroller.scrollTop = top;
  place.scrolled();
}

beforeEach(() => {
  frames = [];
  now = 1000;
  vi.useFakeTimers();
  vi.spyOn(performance, 'now').mockImplementation(() => now);
  vi.stubGlobal('requestAnimationFrame', (callback: FrameRequestCallback) => frames.push(callback));
  vi.stubGlobal('cancelAnimationFrame', () => (frames = []));
  scroller = { scrollTop: 0, scrollLeft: 0, clientWidth: 1000, scrollWidth: 1000 };
  place = new GridPlace();
  place.attach(scroller as unknown as HTMLElement);
  place.measure(100_000, viewport);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('a dragged list', () => {
  test('one jump fills every row at once', () => {
    scrollTo(50_000);
    expect(place.filled).toBe(Infinity);
  });

  test('steps within the viewport fill every row at once', () => {
    for (let step = 1; step < 20; step++) scrollTo(step * 100);
    expect(place.filled).toBe(Infinity);
  });

  test('jumps that follow each other fill some rows in each frame, and all in the end', () => {
    scrollTo(50_000);
    now += 16;
    scrollTo(100_000);
    const first = place.filled;
    expect(first).toBeLessThan(place.slots.length);
    frame(); // of the jump itself
    expect(place.filled).toBe(first);
    frame();
    expect(place.filled).toBeGreaterThan(first);
    for (let more = 0; more < 10; more++) frame();
    expect(place.filled).toBe(Infinity);
  });

  test('a late jump in the midst of filling leaves no row empty', () => {
    scrollTo(50_000);
    now += 16;
    scrollTo(100_000);
    now += 500; // of a busy computer
    scrollTo(150_000);
    for (let more = 0; more < 10; more++) frame();
    expect(place.filled).toBe(Infinity);
  });
});
