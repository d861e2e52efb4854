import type { hours } from '$lib/backend';

const minuteOf = (text: string): number | undefined => {
  const found = /^(\d{1,2})(?::([0-5]\d))?$/.exec(text.trim());
  if (!found) return undefined;
  const minute = Number(found[1]) * 60 + Number(found[2] ?? 0);
  return minute <= 24 * 60 ? minute : undefined;
};

/** Reads the hours of a day like 8:00–12:00, 12:30–17:00; nothing when they cannot be meant. Empty is no work. */
export function readDay(text: string): hours.Span[] | undefined {
  if (text.trim() === '') return [];
  const spans: hours.Span[] = [];
  for (const part of text.split(',')) {
    const [first, last, ...more] = part.split(/[-–—]/);
    const [from, to] = [minuteOf(first ?? ''), minuteOf(last ?? '')];
    if (more.length > 0 || from === undefined || to === undefined || from >= to) return undefined;
    spans.push({ from, to });
  }
  return spans;
}

/** Writes the hours of a day as they are read. */
export function writeDay(spans: readonly hours.Span[]): string {
  const clock = (minute: number) => `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`;
  return spans.map((span) => `${clock(span.from)}–${clock(span.to)}`).join(', ');
}

/** Reads days like 2026-12-31 or 31. 12. 2026 with commas between; nothing when one is no day. */
export function readHolidays(text: string): string[] | undefined {
  const days: string[] = [];
  for (const part of text.split(',')) {
    const one = part.replace(/\s/g, '');
    if (one === '') continue;
    const czech = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(one);
    const iso = czech
      ? `${czech[3]}-${czech[2]!.padStart(2, '0')}-${czech[1]!.padStart(2, '0')}`
      : /^\d{4}-\d{2}-\d{2}$/.test(one)
        ? one
        : '';
    const day = new Date(`${iso}T00:00:00Z`);
    if (iso === '' || Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== iso) return undefined;
    days.push(iso);
  }
  return days;
}

/** Monday to Friday, eight to five: what hours begin with. */
export function usualHours(): hours.Hours {
  const office = () => [{ from: 8 * 60, to: 17 * 60 }];
  return {
    week: [office(), office(), office(), office(), office(), [], []],
    holidays: [],
    public: 'cz',
  };
}
