import type { app } from '$lib/backend';
import { wallDay } from '$lib/format';

/** Shades of the heat strip beside "none". */
const shades = 5;

/** Which shade a count has: 0 for none, else 1–5 in equal steps up to the largest. */
export function shadeOf(count: number, largest: number): number {
  if (count <= 0 || largest <= 0) return 0;
  return Math.min(shades, Math.ceil((count / largest) * shades));
}

/** The cells as rows of 24 hours; hours that the program left out are empty. */
export function heatRows(cells: app.HeatCell[]): app.HeatCell[][] {
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
  const clock = (cell: app.HeatCell, hour: number) => {
    const day = Date.parse(`${wallDay(cell.fromMs)}T00:00:00Z`);
    return new Date(day + hour * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
  };
  return [clock(first, first.hour), clock(last, last.hour + 1)];
}
