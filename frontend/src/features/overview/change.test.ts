import { expect, it } from 'vitest';
import { changeOf, type Pair } from './change';

const of: [number, number] = [100, 100];

it.each<[Partial<Pair>, string, string]>([
  [{ now: 162, then: 150 }, 'more', '12 more, +8\u00a0%'],
  [{ now: 150, then: 162 }, 'less', '12 fewer, -7\u00a0%'],
  [{ now: 1001, then: 1000 }, 'more', '1 more'],
  [{ now: 12, then: 0 }, 'more', '12 more'],
  [{ now: 5, then: 5 }, 'same', 'no change'],
  [{ now: 12, then: 8, of: [12, 8] }, 'more', '4 more'],
  [{ now: 0.85, then: 0.8, kind: 'share' }, 'more', '5 points more'],
  [{ now: 0.80001, then: 0.8, kind: 'share' }, 'same', 'no change'],
  [{ now: 90, then: 120, kind: 'time' }, 'less', '0:00:30 shorter, -25\u00a0%'],
])('%j is %s: %s', (pair, way, words) => {
  const change = changeOf({ now: 0, then: 0, kind: 'count', of, ...pair });
  expect(change?.way).toBe(way);
  expect(change?.words.replace('−', '-')).toBe(words);
});

it.each<Partial<Pair>>([{ now: -1 }, { then: -1 }, { now: NaN }])(
  'says nothing of what is not known: %j',
  (pair) => {
    expect(changeOf({ now: 1, then: 1, kind: 'time', of, ...pair })).toBeUndefined();
  },
);
