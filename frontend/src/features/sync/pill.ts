import type { app, profile } from '$lib/backend';
import { formatDate, formatDayRange, formatPercent, formatRelative, formatTime, wallDay } from '$lib/format';
import { t } from '$lib/i18n';

export type Tone = 'ok' | 'busy' | 'muted' | 'warn' | 'danger' | 'info';

/** What the pill says and how it looks. */
export function pillOf(status: app.SyncStatus, nowMs: number): { text: string; tone: Tone } {
  switch (status.state) {
    case 'syncing':
      return {
        text:
          status.expected > 0
            ? t('sync.state.syncingShare', { share: formatPercent(shareOf(status)) })
            : t('sync.state.syncing'),
        tone: 'busy',
      };
    case 'offline':
      return {
        text:
          status.lastMs > 0
            ? t('sync.state.offlineLast', { time: momentOf(status.lastMs, nowMs) })
            : t('sync.state.offline'),
        tone: 'muted',
      };
    case 'paused':
      return { text: t('sync.state.paused'), tone: 'muted' };
    case 'signin':
      return { text: t('sync.state.signin'), tone: 'warn' };
    case 'problem':
      return { text: t('sync.state.problem'), tone: 'danger' };
    case 'demo':
      return { text: t('sync.state.demo'), tone: 'info' };
    case 'file':
      return { text: t('sync.state.file'), tone: 'info' };
  }
  if (status.lastMs <= 0) return { text: t('sync.state.never'), tone: 'muted' };
  const ago = formatRelative(status.lastMs, nowMs);
  return { text: ago ? t('sync.state.idleAgo', { ago }) : t('sync.state.idle'), tone: 'ok' };
}

/** How much of the present phase is done, from 0 to 1; the estimate may be exceeded. */
export function shareOf(status: Pick<app.SyncStatus, 'done' | 'expected'>): number {
  return status.expected > 0 ? Math.min(1, status.done / status.expected) : 0;
}

/** How long the present phase takes at its rate. */
export function leftText(seconds: number): string {
  if (seconds < 60) return t('sync.left.minute');
  const minutes = Math.round(seconds / 60);
  return minutes < 90
    ? t('sync.left.minutes', { n: minutes })
    : t('sync.left.hours', { n: Math.round(minutes / 60) });
}

/** A moment as briefly as it is clear: only the time today, the date with it otherwise. */
export function momentOf(ms: number, nowMs: number): string {
  return wallDay(ms) === wallDay(nowMs)
    ? formatTime(ms, false)
    : `${formatDate(ms)} ${formatTime(ms, false)}`;
}

/** The stored days, run by run. */
export function coverageText(coverage: readonly profile.DayRange[]): string {
  return coverage.map((range) => formatDayRange(range.from, range.to)).join(', ');
}
