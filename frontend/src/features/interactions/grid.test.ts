import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { GridPlace } from './grid.svelte';

const viewport = 680; // px: 20 rows, of which 29 are drawn

let frames: FrameRequestCallback[] = [];
let now = 0;
let scroller: { scrollTop: number; scrollLeft: number; clientWidth: number; scrollWidth: number };
let place: GridPlace;

/** Lets the page draw a frame, so many ms after the last. */
function frame(ms: number): void {
  now += ms;
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

  test('rows of jumps that follow each other show their first column, and all of them soon after the last', () => {
    for (let jump = 1; jump <= 5; jump++) {
      scrollTo(jump * 50_000);
      frame(16);
    }
    expect(place.filled).toBe(0);
    let frames = 0;
    for (; place.filled < Infinity && frames < 100; frames++) {
      const before = place.filled;
      frame(16);
      expect(place.filled).toBeGreaterThanOrEqual(before);
    }
    expect(frames * 16).toBeLessThanOrEqual(100);
  });

  test('a late jump in the midst of filling leaves no row empty', () => {
    scrollTo(50_000);
    now += 16;
    scrollTo(100_000);
    now += 500; // of a busy computer
    scrollTo(150_000);
    for (let more = 0; more < 10; more++) frame(16);
    expect(place.filled).toBe(Infinity);
  });
});

describe("the rows' layer", () => {
  /** Where the layer holds each row drawn, in px. */
  const places = () =>
    new Map(place.slots.map((slot) => [slot.key, (slot.index - place.origin) * place.rowHeight]));

  test('shows each row where the scrollbar says, wherever it goes', () => {
    let at = 0;
    let seed = 7;
    const random = () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
    for (let step = 0; step < 500; step++) {
      const by = random() < 0.1 ? (random() - 0.5) * 3_000_000 : (random() - 0.5) * 2 * viewport;
      at = Math.min(Math.max(0, at + by), 100_000 * place.rowHeight - viewport);
      scrollTo(at);
      for (const { index, key } of place.slots.filter(({ index }) => index >= place.drawn.from))
        expect(places().get(key)! + place.shift).toBeCloseTo(index * place.rowHeight - at, 3);
      expect(Math.abs(place.shift)).toBeLessThan(11_000 * place.rowHeight);
    }
  });

  test('keeps rows that stay in their places, and gives the places of rows that leave to others at a jump', () => {
    scrollTo(50_000);
    const before = places();
    scrollTo(50_010 + place.rowHeight);
    const stayed = [...places()].filter(([key, y]) => before.get(key) === y);
    expect(stayed.length).toBeGreaterThan(before.size - 3);
    const then = places();
    scrollTo(3_000_000);
    expect([...places()].filter(([key, y]) => then.get(key) === y).length).toBeGreaterThan(then.size - 2);
  });
});
