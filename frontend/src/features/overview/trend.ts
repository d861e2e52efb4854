import type { app } from '$lib/backend';
import { formatDay, formatDayRange, formatDuration, formatNumber, formatPercent } from '$lib/format';
import { i18n, t, tOr } from '$lib/i18n';
import { answeredShare } from '$features/interactions/share';
import type { Kind } from './change';
import { withinShare } from './figures';

export const steps = ['hour', 'weekday', 'day', 'week', 'month'] as const;
export type Step = (typeof steps)[number];

/** What a trend can be drawn of. */
export interface Measure {
  id: string;
  title: string;
  kind: Kind;
  value: (of: app.Figures) => number;
  /** How many interactions it is of. */
  of: (of: app.Figures) => number;
  better?: 'more' | 'less';
}

export function measures(): Measure[] {
  const count = (of: app.Figures) => of.count;
  return [
    { id: 'count', title: t('overview.col.interactions'), kind: 'count', value: count, of: count },
    {
      id: 'answered',
      title: t('field.answered'),
      kind: 'share',
      value: answeredShare,
      of: (of) => of.answered + of.unanswered,
      better: 'more',
    },
    {
      id: 'wait',
      title: t('summary.median'),
      kind: 'time',
      value: (of) => of.waitS,
      of: (of) => of.waited,
      better: 'less',
    },
    {
      id: 'p90',
      title: t('overview.strip.p90'),
      kind: 'time',
      value: (of) => of.p90S,
      of: (of) => of.waited,
      better: 'less',
    },
    {
      id: 'firstReply',
      title: t('overview.col.firstReply'),
      kind: 'time',
      value: (of) => of.firstReplyS,
      of: count,
      better: 'less',
    },
    {
      id: 'within',
      title: t('target.within'),
      kind: 'share',
      value: withinShare,
      of: (of) => of.measured,
      better: 'more',
    },
  ];
}

/** A figure as it is told; a dash for what is not known. */
export function told(kind: Kind, value: number): string {
  if (kind === 'share') return formatPercent(value);
  return kind === 'time' ? formatDuration(value) : formatNumber(value);
}

/** Whether a figure is known: what is not has no point. */
export const isKnown = (value: number | undefined): value is number =>
  value !== undefined && Number.isFinite(value) && value >= 0;

/** What a part is called: 9:00, Monday, 22 Nov, 16–22 Nov, November 2026. */
export function partName(step: string, part: app.TrendPart): string {
  if (step === 'hour') return `${part.place}:00`;
  if (step === 'weekday') return tOr(`weekday.${part.place + 1}`, '');
  if (step === 'month')
    return new Date(`${part.from}T12:00:00Z`).toLocaleDateString(i18n.locale, {
      month: 'long',
      year: 'numeric',
      timeZone: 'UTC',
    });
  return part.from === part.to ? formatDay(part.from, false) : formatDayRange(part.from, part.to, false);
}

/** The few names under the axis: as many as there is room for, evenly apart. */
export function axisPlaces(count: number, room: number): number[] {
  const every = Math.max(1, Math.ceil(count / Math.max(1, room)));
  return Array.from({ length: count }, (_, index) => index).filter((index) => index % every === 0);
}

/** Round figures up to a largest one, 0 among them; of times in whole minutes where these are long. */
export function axisTicks(kind: Kind, largest: number): number[] {
  if (kind === 'share') return [0, 0.5, 1];
  if (largest <= 0) return [0];
  const unit = kind === 'time' && largest > 240 ? 60 : 1;
  const rough = largest / unit / 3;
  const power = 10 ** Math.floor(Math.log10(Math.max(rough, 1)));
  const step = Math.max(1, ([1, 2, 5, 10].find((one) => one * power >= rough) ?? 10) * power) * unit;
  const ticks = [];
  for (let at = 0; at < largest + step; at += step) ticks.push(at);
  return ticks;
}
