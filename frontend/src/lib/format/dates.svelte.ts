import { i18n } from '$lib/i18n';

/** The contact centre's zone; every time on the screen is told in it. */
const zone = $state({ name: 'UTC' });

export function setZone(name: string): void {
  zone.name = name || 'UTC';
}

const formats = new Map<string, Intl.DateTimeFormat>();

function format(
  options: Intl.DateTimeFormatOptions,
  timeZone: string,
  locale = i18n.locale,
): Intl.DateTimeFormat {
  const id = `${locale}|${timeZone}|${JSON.stringify(options)}`;
  let made = formats.get(id);
  if (!made) {
    made = new Intl.DateTimeFormat(locale, { ...options, timeZone });
    formats.set(id, made);
  }
  return made;
}

/**
 * Keeps the parts of a date on one line: "22. 11. 2026" never breaks. British English alone
 * has a month of four letters, which would not line up.
 */
const unbroken = (text: string) => text.replace(/ /g, '\u00a0').replace('Sept', 'Sep');

const clock: Intl.DateTimeFormatOptions = {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
};

/** 09:05:07, or 09:05 without seconds; an unknown time (-1) is a dash. */
export function formatTime(ms: number, seconds = true): string {
  if (ms < 0) return '–';
  const { second: _second, ...short } = clock;
  // Two digits everywhere: Czech would give 9:05:07, which does not line up in a column.
  const parts = format(seconds ? clock : short, zone.name).formatToParts(ms);
  return parts.map((part) => (part.type === 'hour' ? part.value.padStart(2, '0') : part.value)).join('');
}

/** 22 Nov 2026 · 22. 11. 2026 */
export function formatDate(ms: number): string {
  if (ms < 0) return '–';
  const month = i18n.lang === 'cs' ? 'numeric' : 'short';
  return unbroken(format({ day: 'numeric', month, year: 'numeric' }, zone.name).format(ms));
}

/** 22 Nov 2026, 09:05:07 */
export function formatDateTime(ms: number, seconds = true): string {
  if (ms < 0) return '–';
  return `${formatDate(ms)}${i18n.lang === 'cs' ? '\u00a0' : ', '}${formatTime(ms, seconds)}`;
}

/** Sun 22 Nov, with the year when asked: ne 22. 11. */
export function formatWeekday(ms: number, year = false, timeZone = zone.name): string {
  if (ms < 0) return '–';
  const month = i18n.lang === 'cs' ? 'numeric' : 'short';
  const options: Intl.DateTimeFormatOptions = { weekday: 'short', day: 'numeric', month };
  if (year) options.year = 'numeric';
  return unbroken(
    format(options, timeZone)
      .format(ms)
      .replace(/^([^\d\s]+), /, '$1 '),
  );
}

/** Sunday 22 November 2026 · neděle 22. listopadu 2026 */
export function formatLongDay(ms: number): string {
  const options: Intl.DateTimeFormatOptions = {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  };
  return unbroken(
    format(options, zone.name)
      .format(ms)
      .replace(/^([^\d\s]+), /, '$1 '),
  );
}

/** A calendar day "2026-11-22" as 22 Nov 2026; days have no zone. */
export function formatDay(day: string, withYear = true): string {
  const ms = dayMs(day);
  const month = i18n.lang === 'cs' ? 'numeric' : 'short';
  const options: Intl.DateTimeFormatOptions = { day: 'numeric', month };
  if (withYear) options.year = 'numeric';
  return unbroken(format(options, 'UTC').format(ms));
}

/** A run of calendar days, both ends included: 1–14 Oct 2026. */
export function formatDayRange(from: string, to: string, withYear = true): string {
  if (from === to) return formatDay(from, withYear);
  const sameYear = from.slice(0, 4) === to.slice(0, 4);
  if (i18n.lang === 'cs') {
    // Intl would pad the numbers with zeros in a range only.
    const last = formatDay(to, withYear || !sameYear);
    if (from.slice(0, 7) === to.slice(0, 7)) return `${Number(from.slice(8, 10))}.–${last}`;
    return `${formatDay(from, !sameYear)} – ${last}`;
  }
  const options: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short' };
  if (withYear || !sameYear) options.year = 'numeric';
  const range = format(options, 'UTC').formatRange(dayMs(from), dayMs(to));
  return unbroken(
    range.replace(/[\u2009 ]–[\u2009 ]/, ' – ').replace(/(\d) – (\d+ \D+$|\d+ \D+ \d+$)/, '$1–$2'),
  );
}

/**
 * A part of the time that is not stored: its days, and where it begins or ends within a day, also
 * the time: 22 Nov 2026 14:27–15:00.
 */
export function formatGap(gap: { from: string; to: string; fromMs: number; toMs: number }): string {
  const first = formatTime(gap.fromMs, false);
  const last = formatTime(gap.toMs, false);
  if (first === '00:00') return formatDayRange(gap.from, gap.to);
  if (gap.from === gap.to) {
    const end = last === '00:00' ? '24:00' : last;
    return `${formatDay(gap.from)}\u00a0${first}–${end}`;
  }
  return `${formatDay(gap.from)}\u00a0${first} – ${formatDay(gap.to)}`;
}

function dayMs(day: string): number {
  return Date.parse(`${day.slice(0, 10)}T00:00:00Z`);
}

/** The calendar day of a moment in the contact centre's zone: "2026-11-22". */
export function wallDay(ms: number): string {
  const options: Intl.DateTimeFormatOptions = { year: 'numeric', month: '2-digit', day: '2-digit' };
  const parts = format(options, zone.name, 'en-CA').formatToParts(ms);
  const of = (type: Intl.DateTimeFormatPartTypes) => parts.find((part) => part.type === type)?.value ?? '';
  return `${of('year')}-${of('month')}-${of('day')}`;
}
