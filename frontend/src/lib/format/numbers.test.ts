import { describe, expect, it } from 'vitest';
import { setLanguage, t } from '$lib/i18n';
import { formatBytes, formatDuration, formatNumber, formatPercent, formatRelative } from './numbers';

describe('numbers', () => {
  it('follow the region, not the language', () => {
    expect(formatNumber(12_408)).toBe('12,408');
    setLanguage('en', 'cs');
    expect(formatNumber(12_408)).toBe('12\u00a0408');
    setLanguage('cs', 'en');
    expect(formatNumber(12_408)).toBe('12,408');
  });

  it('have spaces that do not break', () => {
    expect(formatPercent(0.887)).toBe('89\u00a0%');
    expect(formatPercent(0 / 0)).toBe('–');
    expect(formatBytes(2_100_000)).toBe('2.1\u00a0MB');
    expect(formatBytes(0)).toBe('0\u00a0B');
  });
});

describe('formatDuration', () => {
  it.each([
    [0, '0:00:00'],
    [312, '0:05:12'],
    [3600 * 30 + 61, '30:01:01'],
    [-1, '–'],
  ])('%d seconds', (seconds, want) => expect(formatDuration(seconds)).toBe(want));
});

describe('formatRelative', () => {
  it('tells minutes for less than an hour only', () => {
    const now = Date.UTC(2026, 10, 22, 12);
    expect(formatRelative(now - 120_000, now)).toMatch(/^2 min/);
    expect(formatRelative(now - 3_600_000, now)).toBeUndefined();
  });
});

describe('plurals', () => {
  it.each([
    [0, '0 interakcí'],
    [1, '1 interakce'],
    [2, '2 interakce'],
    [5, '5 interakcí'],
    [1.5, '1,5 interakce'],
  ])('of %d in Czech', (n, want) => {
    setLanguage('cs', '');
    expect(t('list.count', { n })).toBe(want);
  });
});
