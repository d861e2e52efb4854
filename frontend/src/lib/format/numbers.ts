import { i18n } from '$lib/i18n';

/** 12,408 · 12 408 */
export function formatNumber(value: number, digits = 0): string {
  return value.toLocaleString(i18n.numberLocale, { maximumFractionDigits: digits });
}

/** A share from 0 to 1 as 89 % with a space that does not break; a dash when there is nothing to share. */
export function formatPercent(share: number): string {
  if (!Number.isFinite(share)) return '–';
  return `${formatNumber(Math.round(share * 100))}\u00a0%`;
}

/** Seconds as 0:05:12; hours go on past a day. Unknown (below 0) is a dash. */
export function formatDuration(seconds: number): string {
  if (seconds < 0) return '–';
  const pad = (value: number) => String(value).padStart(2, '0');
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 3600)}:${pad(Math.floor(whole / 60) % 60)}:${pad(whole % 60)}`;
}

/** 2.1 MB · 2,1 MB */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${formatNumber(value, unit < 2 || value >= 100 ? 0 : 1)}\u00a0${units[unit]}`;
}

/** "2 min ago" for less than an hour; undefined beyond, where an absolute time is clearer. */
export function formatRelative(ms: number, nowMs: number): string | undefined {
  const minutes = Math.floor((nowMs - ms) / 60_000);
  if (minutes < 0 || minutes >= 60) return undefined;
  const relative = new Intl.RelativeTimeFormat(i18n.lang, { numeric: 'auto', style: 'short' });
  return minutes === 0 ? relative.format(0, 'second') : relative.format(-minutes, 'minute');
}
