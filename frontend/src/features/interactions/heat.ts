import type { app } from '$lib/backend';
import { wallDay } from '$lib/format';

/** Shades of the heat strip beside "none". */
const shades = 5;

/** Which shade a count has: 0 for none, else 1–5 in equal steps up to the largest. */
export function shadeOf(count: number, largest: number): number {
  if (count <= 0 || largest <= 0) return 0;
  return Math.min(shades, Math.ceil((count / largest) * shades));
}

/** Days whose hours still make cells that an eye and a pointer can tell apart in the strip. */
const daysOfHours = 4;

/** How a strip above the list shows a result: hours of each day, one cell a day, or one an hour of all days. */
export type StripKind = 'hours' | 'days' | 'allHours';

export function stripKind(heatKind: string, days: number): StripKind {
  if (heatKind === 'weekdays') return 'allHours';
  return days <= daysOfHours ? 'hours' : 'days';
}

/** The cells of a strip, row by row: those of the hours, or their sums. */
export function stripCells(kind: StripKind, rows: app.HeatCell[][]): app.HeatCell[] {
  if (kind === 'hours') return rows.flat();
  if (kind === 'days')
    return rows.map((row) =>
      total(
        row,
        row.find((cell) => cell.fromMs > 0),
      ),
    );
  return Array.from({ length: 24 }, (_, hour) => {
    const column = rows.flatMap((row) => row[hour] ?? []);
    return { ...total(column, undefined), hour };
  });
}

function total(cells: app.HeatCell[], like: app.HeatCell | undefined): app.HeatCell {
  const sum = (of: (cell: app.HeatCell) => number) => cells.reduce((all, cell) => all + of(cell), 0);
  return {
    fromMs: like?.fromMs ?? 0,
    day: like?.day ?? 0,
    hour: 0,
    count: sum((cell) => cell.count),
    missed: sum((cell) => cell.missed),
  };
}

/** A cell is marked where at least this many times the usual share was missed. */
const oftener = 2;

/**
 * Whether a cell has the mark of missed interactions. Within a day each hour in which something
 * was missed has it. Over many days that would be nearly every cell: there it tells where
 * interactions were missed twice as often as in the whole.
 */
export function isMarked(
  cell: app.HeatCell,
  whole: Pick<app.Summary, 'total' | 'missed'>,
  oneDay: boolean,
): boolean {
  if (oneDay || cell.missed === 0) return cell.missed > 0;
  return cell.missed > 1 && cell.missed * whole.total >= oftener * whole.missed * cell.count;
}

/**
 * The cells as rows of 24 hours; hours that the program left out are empty. One day is as it comes:
 * 23 to 25 hours, of which one may come twice.
 */
export function heatRows(cells: app.HeatCell[], kind: string): app.HeatCell[][] {
  if (kind === 'day' && cells.length > 0) return [cells];
  const rows: app.HeatCell[][] = [];
  const last = Math.max(0, ...cells.map((cell) => cell.day));
  for (let day = 0; day <= last; day++) {
    rows.push(Array.from({ length: 24 }, (_, hour) => ({ fromMs: 0, day, hour, count: 0, missed: 0 })));
  }
  for (const cell of cells) {
    const row = rows[cell.day];
    if (row && cell.hour >= 0 && cell.hour < 24) row[cell.hour] = cell;
  }
  return rows;
}

/**
 * From the begin of one hour to the end of another as the contact centre's clock tells them.
 * The end is told by the clock too: an hour that comes twice a year lasts two.
 */
export function hourRange(first: app.HeatCell, last: app.HeatCell): [from: string, to: string] {
  return range(first, first.hour, last, last.hour + 1);
}

/** From the begin of one day to the end of another. */
export function dayRange(first: app.HeatCell, last: app.HeatCell): [from: string, to: string] {
  return range(first, 0, last, 24);
}

function range(first: app.HeatCell, from: number, last: app.HeatCell, to: number): [string, string] {
  const clock = (cell: app.HeatCell, hour: number) => {
    const day = Date.parse(`${wallDay(cell.fromMs)}T00:00:00Z`);
    return new Date(day + hour * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
  };
  return [clock(first, from), clock(last, to)];
}
