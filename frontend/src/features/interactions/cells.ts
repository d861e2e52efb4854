import type { fields as table } from '$go/fields';
import type { app, query } from '$lib/backend';
import { formatDateTime, formatDay, formatDuration, formatNumber, formatTime, wallDay } from '$lib/format';
import { t, tOr } from '$lib/i18n';
import { session } from '$state/session.svelte';
import { isPersonal, kindOf, type Dates, type Field } from '$state/columns.svelte';
import { missedTitle } from '$state/missed';
import { isEmptied, leftText } from './rowstate';

export function isAnonymised(row: app.Row): boolean {
  return row.states.includes('anonymised');
}

/** Whether the cell of an erased interaction says so instead of a value. */
export function isErased(row: app.Row, field: Field): boolean {
  return isAnonymised(row) && isPersonal(field);
}

function timeText(ms: number, dates: Dates): string {
  if (dates === 'none') return formatTime(ms);
  return dates === 'full' ? formatDateTime(ms) : `${formatDay(wallDay(ms), false)}\u00a0${formatTime(ms)}`;
}

/** What a cell says; empty when there is nothing to say. */
export function cellText(row: app.Row, field: Field, dates: Dates): string {
  if (isEmptied(row)) return field === 'time' ? leftText(row) : '';
  if (isErased(row, field)) return t('value.anonymised');
  switch (field) {
    case 'time':
      return timeText(row.timeMs, dates);
    case 'missed_time':
      if (row.missedTimeMs < 0) return '';
      return timeText(row.missedTimeMs, dates);
    case 'queue':
    case 'user':
    case 'contact':
    case 'title':
    case 'connector':
      return row[field];
    case 'wa':
      return row.wa || row.waNumber;
    case 'answered':
      return row.answered ? tOr(`value.answered.${row.answered}`, row.answered) : '';
    case 'ended':
      return row.ended ? tOr(`value.ended.${row.ended}`, row.ended) : '';
    case 'missed':
      return row.missed === 'never' || !row.missed ? '' : tOr(`value.missed.${row.missed}`, row.missed);
    case 'direction':
      return row.direction ? tOr(`value.direction.${row.direction}`, row.direction) : '';
    case 'target':
      return targetText(row);
    case 'ticket':
      return row.tickets.join(', ');
    case 'status':
      return row.statuses.join(', ');
    default:
      return figureText(row, field);
  }
}

/**
 * Whether a cell that has a text is that text and nothing else. Such a cell has no element for the text: a list
 * has hundreds of them, and laying out a text in its cell takes half of what laying out a box in it does.
 */
export function isPlain(row: app.Row, field: Field): boolean {
  if (isEmptied(row)) return true;
  if (isErased(row, field) || isLate(row, field)) return false;
  switch (field) {
    case 'contact':
    case 'answered':
    case 'missed':
    case 'direction':
      return false;
    case 'user':
      return !row.userOff;
    case 'queue':
      return !row.queueOff;
    default:
      return true;
  }
}

/** Whether a cell says that a target was missed. */
export function isLate(row: app.Row, field: Field): boolean {
  return field === 'target' ? row.target === 'no' : row.over[field] !== undefined;
}

/** Whether it is within its targets, or which it missed. */
function targetText(row: app.Row): string {
  const missed = Object.keys(row.over).map((field) => tOr(`field.${field}`, field));
  if (missed.length > 0) return missed.join(', ');
  return row.target ? tOr(`value.target.${row.target}`, row.target) : '';
}

/** Fields that are none of the above are figures, which a row carries by name. */
type Figure = Extract<(typeof table)[number], { kind: 'duration' | 'number' }>['name'] & Field;

function figureText(row: app.Row, field: Figure): string {
  const figure = row.figures[field];
  if (figure === undefined) return '';
  return kindOf(field) === 'number' ? formatNumber(figure) : formatDuration(figure);
}

/** What pointing at the title of a column says: its name and what stands under it. */
export function columnTitle(field: string): string {
  const name = tOr(`field.${field}`, field);
  const about = tOr(`column.about.${field}`, '');
  return about ? `${name} – ${about}` : name;
}

/** What pointing at a cell adds: the whole value, the number, the raw value. */
export function cellTitle(row: app.Row, field: Field, dates: Dates): string | undefined {
  const text = cellText(row, field, dates);
  if (!text) return undefined;
  if (isEmptied(row) || isErased(row, field)) return text;
  if (field === 'wa' && row.wa && row.waNumber) return `${row.wa} · ${row.waNumber}`;
  if (field === 'missed') return missedTitle(row);
  if (field === 'time') return formatDateTime(row.timeMs);
  if (field === 'missed_time') return formatDateTime(row.missedTimeMs);
  return text;
}

/** The condition "this field has this value", or nothing where that makes no sense. */
export function conditionOf(row: app.Row, field: Field): query.Node | undefined {
  const is = (op: string, value: string): query.Node =>
    value ? { field, op, values: [value] } : { field, op: 'empty' };
  // What presentation mode hides is not known here.
  if (isErased(row, field) || (session.presenting && isPersonal(field))) return undefined;
  switch (field) {
    case 'queue':
      return is('any', row.queueName);
    case 'user':
      return row.userName ? is('any', row.userName) : { field, op: 'empty' };
    case 'contact':
    case 'title':
      return is('is', row[field]);
    case 'wa':
      return is('is', row.wa || row.waNumber);
    case 'connector':
      return is('any', row.connector);
    case 'answered':
    case 'ended':
    case 'direction':
    case 'missed':
    case 'target':
      return is('any', row[field]);
    case 'ticket':
      return row.tickets.length > 0 ? { field, op: 'is', values: [...row.tickets] } : { field, op: 'empty' };
    case 'status':
      return row.statuses.length > 0
        ? { field, op: 'any', values: [...row.statuses] }
        : { field, op: 'empty' };
    case 'time':
    case 'missed_time':
      return undefined;
    default:
      return figureIs(row, field);
  }
}

function figureIs(row: app.Row, field: Figure): query.Node {
  const figure = row.figures[field];
  return figure === undefined ? { field, op: 'empty' } : { field, op: 'eq', values: [String(figure)] };
}

/** The opposite of a condition of one field; values that are missing are then included. */
export function excluded(node: query.Node): query.Node {
  const opposite: Record<string, string> = { any: 'none', is: 'isnot', eq: 'ne', empty: 'nempty' };
  const op = opposite[node.op ?? ''];
  return op ? { ...node, op } : { ...node, not: !node.not };
}
