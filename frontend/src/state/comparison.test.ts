import { expect, it } from 'vitest';
import { readComparison, writeComparison } from './comparison';

it.each(['before', 'year', 'team', '2026-10-01..2026-10-31'])('%s is read and written', (text) => {
  expect(writeComparison(readComparison(text))).toBe(text);
});

it.each([undefined, '', 'yesterday', '2026-10-01', '2026-10-01..soon', 'a..b..c'])(
  '%s is no comparison',
  (text) => {
    expect(readComparison(text)).toBeUndefined();
    expect(writeComparison(readComparison(text))).toBeUndefined();
  },
);
