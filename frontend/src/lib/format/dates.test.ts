import { describe, expect, it } from 'vitest';
import { setLanguage } from '$lib/i18n';
import { formatDate, formatDayRange, formatGap, formatTime, setZone, wallDay } from './dates.svelte';

/** Spaces that do not break, read as plain ones. */
const plain = (text: string) => text.replace(/\u00a0/g, ' ');

describe('formatDayRange', () => {
  it.each([
    ['en', '2026-10-01', '2026-10-14', '1–14 Oct 2026'],
    ['en', '2026-09-01', '2026-11-22', '1 Sep – 22 Nov 2026'],
    ['en', '2026-11-22', '2026-11-22', '22 Nov 2026'],
    ['cs', '2026-10-01', '2026-10-14', '1.–14. 10. 2026'],
    ['cs', '2026-09-01', '2026-11-22', '1. 9. – 22. 11. 2026'],
    ['cs', '2025-12-30', '2026-01-02', '30. 12. 2025 – 2. 1. 2026'],
  ])('%s %s to %s', (lang, from, to, want) => {
    setLanguage(lang, '');
    expect(plain(formatDayRange(from, to))).toBe(want);
  });
});

describe('formatGap', () => {
  const gap = (from: string, to: string) => ({
    from: from.slice(0, 10),
    to: new Date(Date.parse(to) - 1).toISOString().slice(0, 10),
    fromMs: Date.parse(from),
    toMs: Date.parse(to),
  });
  it.each([
    ['en', '2026-10-01T00:00Z', '2026-10-15T00:00Z', '1–14 Oct 2026'],
    ['en', '2026-11-22T00:00Z', '2026-11-22T00:20Z', '22 Nov 2026'],
    ['en', '2026-11-22T14:27Z', '2026-11-22T15:00Z', '22 Nov 2026 14:27–15:00'],
    ['cs', '2026-11-22T14:27Z', '2026-11-23T00:00Z', '22. 11. 2026 14:27–24:00'],
    ['en', '2026-11-22T23:50Z', '2026-11-23T00:20Z', '22 Nov 2026 23:50 – 23 Nov 2026'],
  ])('%s %s to %s', (lang, from, to, want) => {
    setLanguage(lang, '');
    setZone('UTC');
    expect(plain(formatGap(gap(from, to)))).toBe(want);
  });
});

describe('times', () => {
  it('are told in the zone of the contact centre, with two digits in both languages', () => {
    const moment = Date.UTC(2026, 10, 22, 8, 5, 7);
    setZone('Europe/Prague');
    expect(formatTime(moment)).toBe('09:05:07');
    setLanguage('cs', '');
    expect(formatTime(moment)).toBe('09:05:07');
    expect(formatTime(moment, false)).toBe('09:05');
    expect(plain(formatDate(moment))).toBe('22. 11. 2026');
  });

  it('belong to the day of the zone, also in the night the clocks change', () => {
    setZone('Europe/Prague');
    expect(wallDay(Date.UTC(2026, 9, 24, 22, 30))).toBe('2026-10-25');
    expect(wallDay(Date.UTC(2026, 9, 25, 22, 59))).toBe('2026-10-25');
    expect(wallDay(Date.UTC(2026, 9, 25, 23, 0))).toBe('2026-10-26');
  });

  it('that are unknown are a dash', () => {
    expect(formatTime(-1)).toBe('–');
    expect(formatDate(-1)).toBe('–');
  });
});
