import type { profile } from '$lib/backend';
import { formatDay, formatDayRange, formatWeekday } from '$lib/format';
import { t, tOr } from '$lib/i18n';

/** The day before a calendar day; calendar days have no zone and no clock changes. */
export function dayBefore(day: string): string {
  return new Date(Date.parse(`${day.slice(0, 10)}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}

const midnight = (wall: string) => wall.length <= 10 || wall.endsWith(' 00:00');
const dayOf = (wall: string) => wall.slice(0, 10);

/** What a period means: "Sun 22 Nov", "1–14 Oct 2026", "22 Nov 2026 09:30 – 23 Nov 2026 10:00". */
export function rangeText(info: profile.PeriodInfo): string {
  if (!info.from && !info.to) return '';
  if (!info.from) return t('time.before', { date: wallText(info.to) });
  if (!info.to) return t('time.after', { date: wallText(info.from) });
  if (!midnight(info.from) || !midnight(info.to)) return `${wallText(info.from)} – ${wallText(info.to)}`;
  const last = dayBefore(info.to);
  if (dayOf(info.from) === last) return formatWeekday(Date.parse(`${last}T00:00:00Z`), false, 'UTC');
  return formatDayRange(dayOf(info.from), last, false);
}

function wallText(wall: string): string {
  return midnight(wall) ? formatDay(wall) : `${formatDay(wall)} ${wall.slice(11, 16)}`;
}

/** The closed button of Time: the preset's name and what it means today. */
export function periodLabel(period: profile.Period, info: profile.PeriodInfo | undefined): string {
  const name = period.preset ? tOr(`time.${period.preset}`, period.preset) : '';
  const range = info ? rangeText(info) : '';
  if (!name) return range || t('time.custom');
  return range ? `${name} · ${range}` : name;
}
