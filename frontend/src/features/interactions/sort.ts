import type { query } from '$lib/backend';

/** More keys than this would not be understood any more. */
const maxKeys = 3;

/** What the list does when nobody asked for an order: newest first. */
export const defaultSort: query.SortKey[] = [{ field: 'time', desc: true }];

/** The order in force. */
export function effectiveSort(sort: query.SortKey[] | undefined): query.SortKey[] {
  return sort && sort.length > 0 ? sort : defaultSort;
}

/**
 * The order after a click on a title: ascending, reversed when it was sorted by it already.
 * With add the column joins the present keys, or turns round where it stands.
 */
export function nextSort(sort: query.SortKey[] | undefined, field: string, add: boolean): query.SortKey[] {
  const now = effectiveSort(sort);
  const at = now.findIndex((key) => key.field === field);
  const turned = { field, desc: at >= 0 && !now[at]?.desc };
  if (!add) return [turned];
  if (at >= 0) return now.with(at, turned);
  return [...now, turned].slice(-maxKeys);
}
