import { formatDuration, formatNumber } from '$lib/format';
import { i18n, t } from '$lib/i18n';
import { few } from './figures';

/** What a figure is: a number of interactions, a share of them from 0 to 1, or seconds. */
export type Kind = 'count' | 'share' | 'time';

/** A figure and what it is compared with. */
export interface Pair {
  now: number;
  then: number;
  kind: Kind;
  /** How many interactions each is of. */
  of: [number, number];
}

/** How a figure differs. */
export interface Change {
  way: 'more' | 'less' | 'same';
  words: string;
  /** One of the two is of few interactions: the change says little. */
  few: boolean;
}

/** How a figure differs, in words; nothing where one of the two is not known. */
export function changeOf({ now, then, kind, of }: Pair): Change | undefined {
  if (!Number.isFinite(now) || !Number.isFinite(then) || now < 0 || then < 0) return undefined;
  const less = Math.min(...of) < few;
  const difference = now - then;
  const size = Math.abs(difference);
  // What would be told as nothing is nothing.
  if (kind === 'share' ? size < 0.0005 : size === 0)
    return { way: 'same', words: t('change.same'), few: less };
  const more = difference > 0;
  let words: string;
  if (kind === 'count') words = t(more ? 'change.more' : 'change.fewer', { n: formatNumber(size) });
  else if (kind === 'time')
    words = t(more ? 'change.longer' : 'change.shorter', { time: formatDuration(Math.round(size)) });
  else words = t(more ? 'change.pointsMore' : 'change.pointsFewer', { n: formatNumber(size * 100, 1) });
  // A share that rounds to nothing says nothing.
  if (kind !== 'share' && then > 0 && !less && size / then >= 0.005)
    words += `, ${signedPercent(difference / then)}`;
  return { way: more ? 'more' : 'less', words, few: less };
}

/** +8 % */
function signedPercent(share: number): string {
  const text = (share * 100).toLocaleString(i18n.numberLocale, {
    maximumFractionDigits: 0,
    signDisplay: 'exceptZero',
  });
  return `${text}\u00a0%`;
}
