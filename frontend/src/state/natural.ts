import { formatDateTime, formatDay, formatTime, textWidth, wallDay, widest } from '$lib/format';
import { t, type Key } from '$lib/i18n';
import type { Dates, Field } from './columns.svelte';

// What a cell puts around its text, in px at normal text size.
const padding = 16;
const gap = 6;
const icon = 14;
const sorted = 10; // the arrow, which reaches into the padding

/** A time with the widest of everything: two digits for the day, the longest name of a month. */
const widestTimes = Array.from({ length: 12 }, (_, month) => Date.UTC(2028, month, 28, 20, 48, 48));

function timeTexts(dates: Dates): string[] {
  if (dates === 'none') return [formatTime(widestTimes[0]!)];
  if (dates === 'full') return widestTimes.map((ms) => formatDateTime(ms));
  return widestTimes.map((ms) => `${formatDay(wallDay(ms), false)}\u00a0${formatTime(ms)}`);
}

const ended: Key[] = [
  'value.ended.USER',
  'value.ended.CLIENT',
  'value.ended.TIMEOUT',
  'value.ended.NOT_AVAIL',
  'value.ended.OUT_OF_TIME',
  'value.ended.DECISION_TREE',
];

/** What the values of a column need that are the program's own words or figures. */
function valueWidth(field: Field, kind: string | undefined, dates: Dates): number {
  const words = (...keys: Key[]) => widest(keys.map((key) => t(key as 'value.none')));
  switch (field) {
    case 'time':
    case 'missed_time':
      return widest(timeTexts(dates), 13, field === 'time' ? 500 : 400);
    case 'answered':
      return icon + gap + words('value.answered.yes', 'value.answered.no');
    case 'direction':
      return icon + gap + words('value.direction.IN', 'value.direction.OUT');
    case 'ended':
      return words(...ended);
    case 'missed':
      return Math.max(
        icon + gap + words('value.missed.contactedback', 'value.missed.cleared'),
        16 + icon + 4 + textWidth(t('value.missed.waiting'), 12, 500),
      );
    case 'wait':
      return textWidth('00:00:00') + 12; // with the mark of a wait over the target
    case 'contact':
      return Math.max(32 + textWidth(t('list.pair'), 12, 500), words('value.anonymised'));
    case 'wa':
    case 'title':
      return words('value.anonymised');
    default:
      return kind === 'duration' ? textWidth('00:00:00') : 0;
  }
}

/** The width in px at which neither the title of a column nor a word of the program in it is cut. */
export function naturalWidth(field: Field, kind: string | undefined, dates: Dates): number {
  const title = textWidth(t(`field.${field}`), 12, 600) + sorted;
  return padding + Math.max(title, valueWidth(field, kind, dates)) + 1;
}
