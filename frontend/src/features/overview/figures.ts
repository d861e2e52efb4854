import type { app, profile, query } from '$lib/backend';

/** Fewer interactions than this say little about an agent or a queue. */
export const few = 10;

/**
 * Customers whom an agent answered at once. Other waits of nothing belong to no bar: outside
 * hours, in the decision tree and when an agent begins, nobody waited in a queue.
 */
const atOnce: query.Node = {
  and: [
    { field: 'wait', op: 'eq', values: ['0'] },
    { field: 'answered', op: 'any', values: ['yes'] },
    { field: 'queue', op: 'nempty' },
    { field: 'direction', op: 'none', values: ['OUT'] },
  ],
};

/**
 * The rows by a figure, or by their title without one. What is unknown comes last both ways, and
 * equals stay in the order they came in.
 */
export function sortRows(
  rows: readonly app.OverviewRow[],
  value: ((row: app.OverviewRow) => number) | undefined,
  desc: boolean,
): app.OverviewRow[] {
  const way = desc ? -1 : 1;
  if (!value) return rows.toSorted((a, b) => way * a.title.localeCompare(b.title, 'cs'));
  return rows.toSorted((a, b) => {
    const [x, y] = [value(a), value(b)];
    if (x < 0 || y < 0) return Number(x < 0) - Number(y < 0);
    return way * (x - y);
  });
}

/** The condition that a bar of the wait histogram stands for, limits in seconds; -1 has no end. */
export function waitCondition(buckets: readonly app.WaitBucket[], index: number): query.Node | undefined {
  const bucket = buckets[index];
  if (!bucket) return undefined;
  if (index === 0)
    return { or: [{ field: 'wait', op: 'between', values: ['1', String(bucket.limitS)] }, atOnce] };
  const from = (buckets[index - 1]?.limitS ?? -1) + 1;
  if (bucket.limitS < 0) return { field: 'wait', op: 'ge', values: [String(from)] };
  return { field: 'wait', op: 'between', values: [String(from), String(bucket.limitS)] };
}

/** Between which bars the target stands: how many of them are within it. */
export function withinTarget(buckets: readonly app.WaitBucket[], targetS: number): number {
  return buckets.filter((bucket) => bucket.limitS >= 0 && bucket.limitS <= targetS).length;
}

/** The share of interactions within their targets, 0–1; not a number where no target applies to any. */
export function withinShare(of: { measured: number; within: number }): number {
  return of.within / of.measured;
}

/** The least share of answered interactions that a queue has as its target, percent; 0 for no target. */
export function leastAnswered(targets: profile.Targets | undefined, queue: string): number {
  const own = targets?.queues.find((one) => one.queue === queue)?.goals.answeredPercent ?? -1;
  return own >= 0 ? own : (targets?.all.answeredPercent ?? 0);
}

/** The cell with the most interactions. */
export function busiest(cells: readonly app.HeatCell[]): app.HeatCell | undefined {
  return cells.reduce<app.HeatCell | undefined>(
    (best, cell) => (cell.count > (best?.count ?? 0) ? cell : best),
    undefined,
  );
}

/** A table as text that spreadsheets take: tabs between cells, one line a row, nothing a formula. */
export function tableText(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const cell = (text: string) => {
    const flat = text.replace(/[\t\r\n]+/g, ' ');
    return /^[=+\-@]/.test(flat) ? `'${flat}` : flat;
  };
  return [columns, ...rows].map((row) => row.map(cell).join('\t')).join('\r\n');
}
