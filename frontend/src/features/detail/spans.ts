import { formatDay, formatTime, wallDay } from '$lib/format';
import { t } from '$lib/i18n';

/** How long a pause was, in the largest units that matter: "12 min", "1 h 20 min", "3 days". */
export function pauseText(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return t('chat.gap.minutes', { n: minutes });
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return t('chat.gap.hours', { h: hours, m: minutes % 60 });
  return t('chat.gap.days', { n: Math.round(hours / 24) });
}

/** A short stretch as it is spoken of: 3:10, or 1:03:10 from an hour up. */
export function clockText(seconds: number): string {
  const pad = (value: number) => String(value).padStart(2, '0');
  const rest = `${pad(Math.floor(seconds / 60) % 60)}:${pad(Math.floor(seconds) % 60)}`;
  const hours = Math.floor(seconds / 3600);
  return hours > 0 ? `${hours}:${rest}` : rest.replace(/^0/, '');
}

/** 22 Nov 16:48:20: a moment where the year is told elsewhere. */
export function momentText(ms: number): string {
  return ms > 0 ? `${formatDay(wallDay(ms), false)} ${formatTime(ms)}` : '–';
}
