import type { app, profile } from '$lib/backend';
import { formatDuration, formatNumber } from '$lib/format';
import { i18n, t } from '$lib/i18n';

/** The tables of a report, in the order of the file. */
export const tables = ['days', 'agents', 'queues', 'hours', 'statuses'] as const;
export const formats = ['xlsx', 'pdf'] as const;
/** The periods that a report can follow; today has not ended. */
export const periods = [
  'yesterday',
  'lastweek',
  'lastmonth',
  'last7days',
  'last30days',
  'thisweek',
  'thismonth',
  'thisquarter',
  'thisyear',
  'all',
] as const;
export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;

/** A new report: the week before beside the one before that. */
export function fresh(settings: profile.Settings | undefined): profile.Report {
  return {
    id: '',
    title: '',
    view: 'all',
    period: 'lastweek',
    compare: 'before',
    tables: [...tables],
    formats: ['xlsx'],
    lang: settings?.lang ?? 'en',
    region: settings?.region ?? '',
    name: '{title} {from}_{to}',
    folder: '',
    days: [],
    at: '',
  };
}

/** The short name of a weekday, 1 Monday to 7 Sunday. */
export function weekday(day: number, form: 'short' | 'long' = 'short'): string {
  return new Intl.DateTimeFormat(i18n.lang, { weekday: form, timeZone: 'UTC' }).format(
    Date.UTC(2026, 10, 29 + day), // a Monday for 1
  );
}

/** The plan of a report: "Mon, Thu 07:30". */
export function planned(report: profile.Report): string {
  return `${report.days.map((day) => weekday(day)).join(', ')} ${report.at}`;
}

/** A figure of the cover; null is not known. */
export function figureText(value: number | null | undefined, unit: string): string {
  if (value === null || value === undefined) return '–';
  if (unit === 'share') return `${formatNumber(value * 100, 1)}\u00a0%`;
  return unit === 'span' ? formatDuration(value) : formatNumber(value);
}

/** How a figure differs from what it is compared with, with its sign. */
export function changeText(figure: app.CoverFigure): string {
  const { change, share, unit } = figure;
  if (change === null || change === undefined) return t('report.unknown');
  const sign = change > 0 ? '+' : change < 0 ? '−' : '';
  const size = Math.abs(change);
  const text =
    unit === 'share'
      ? `${formatNumber(size * 100, 1)}\u00a0${t('report.points')}`
      : unit === 'span'
        ? formatDuration(size)
        : formatNumber(size);
  const part =
    share === null || share === undefined ? '' : ` (${sign}${formatNumber(Math.abs(share) * 100)}\u00a0%)`;
  return `${change > 0 ? '▲' : change < 0 ? '▼' : '='} ${sign}${text}${part}`;
}

/** Better, worse, or neither: what colour adds to the words. */
export function toneOf(figure: app.CoverFigure): 'ok' | 'danger' | 'muted' {
  const way = (figure.change ?? 0) * figure.better;
  return way > 0 ? 'ok' : way < 0 ? 'danger' : 'muted';
}
