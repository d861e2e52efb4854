import { wallDay } from '$lib/format';
import { t } from '$lib/i18n';

/** The first and the last day of a range of so many days that ends today. */
export function lastDays(days: number, nowMs: number): { from: string; to: string } {
  const to = wallDay(nowMs);
  const from = new Date(Date.parse(`${to}T00:00:00Z`) - (days - 1) * 86_400_000).toISOString().slice(0, 10);
  return { from, to };
}

/** The ranges offered for download, in days. */
export const offeredDays = [7, 30, 90, 365, 730, 1825] as const;

export function rangeText(days: number): string {
  if (days === 365) return t('sync.range.year');
  return days % 365 === 0 ? t('sync.range.years', { n: days / 365 }) : t('sync.range.days', { n: days });
}
