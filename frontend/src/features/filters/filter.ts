import type { profile, query } from '$lib/backend';

/** The names of profile.Period presets, in the order of the Time popover. */
export const presets = [
  'today',
  'yesterday',
  'last7days',
  'thisweek',
  'lastweek',
  'last30days',
  'thismonth',
  'lastmonth',
  'thisquarter',
  'thisyear',
  'all',
] as const;

export type Preset = (typeof presets)[number];

/** Today, nothing else: what every start and Clear give. */
export function emptyFilter(sort: query.SortKey[] = []): profile.Filter {
  return {
    time: { preset: 'today', from: '', to: '' },
    users: [],
    tookPart: false,
    queues: [],
    contact: '',
    noContact: false,
    sender: '',
    sort,
  };
}

/** What a profile shows first: today, or all of an opened file, whose days are long over. */
export function firstFilter(readOnly: boolean): profile.Filter {
  const filter = emptyFilter();
  return readOnly ? { ...filter, time: { ...filter.time, preset: 'all' } } : filter;
}

export type BarField = 'time' | 'users' | 'queues' | 'contact' | 'sender';

/** Whether two filters ask the same in one field of the bar. */
export function sameField(field: BarField, a: profile.Filter, b: profile.Filter): boolean {
  switch (field) {
    case 'time':
      return a.time.preset === b.time.preset && a.time.from === b.time.from && a.time.to === b.time.to;
    case 'users':
      return sameSet(a.users, b.users) && (a.users.length === 0 || a.tookPart === b.tookPart);
    case 'queues':
      return sameSet(a.queues, b.queues);
    case 'contact':
      return a.noContact === b.noContact && (a.noContact || a.contact.trim() === b.contact.trim());
    case 'sender':
      return a.sender.trim() === b.sender.trim();
  }
}

const barFields: BarField[] = ['time', 'users', 'queues', 'contact', 'sender'];

/** Whether two filters ask the same; the order of rows does not matter to it. */
export function sameFilter(a: profile.Filter, b: profile.Filter): boolean {
  return (
    barFields.every((field) => sameField(field, a, b)) &&
    JSON.stringify(a.where ?? null) === JSON.stringify(b.where ?? null)
  );
}

function sameSet(a: string[], b: string[]): boolean {
  return a.length === b.length && a.every((value) => b.includes(value));
}

/** The parts of the advanced filter that stand as chips: the members of its outermost "and". */
export function chipsOf(where: query.Node | undefined): query.Node[] {
  if (!where) return [];
  return where.and && !where.not ? where.and : [where];
}

/** The advanced filter without one of its chips. */
export function withoutChip(where: query.Node | undefined, at: number): query.Node | undefined {
  return joined(chipsOf(where).filter((_, index) => index !== at));
}

/** The advanced filter without a condition that stands as a chip, if it does. */
export function withoutCondition(where: query.Node | undefined, node: query.Node): query.Node | undefined {
  const at = chipsOf(where).findIndex((part) => JSON.stringify(part) === JSON.stringify(node));
  return at < 0 ? where : withoutChip(where, at);
}

/** The advanced filter with one more condition; the same condition is not added twice. */
export function withChip(where: query.Node | undefined, node: query.Node): query.Node {
  const parts = chipsOf(where);
  if (parts.some((part) => JSON.stringify(part) === JSON.stringify(node))) return where ?? node;
  return joined([...parts, node]) ?? node;
}

function joined(parts: query.Node[]): query.Node | undefined {
  return parts.length < 2 ? parts[0] : { and: parts };
}
