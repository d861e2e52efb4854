/** Reads a target like 2:00, 1:02:00 or 90 as seconds; nothing when it cannot be meant. */
export function readTarget(text: string): number | undefined {
  const parts = text.trim().split(':');
  if (parts.length > 3 || parts.some((part) => !/^\d{1,4}$/.test(part))) return undefined;
  const numbers = parts.map(Number);
  if (numbers.slice(1).some((part) => part > 59)) return undefined;
  const seconds = numbers.reduce((sum, part) => sum * 60 + part, 0);
  return seconds <= 30 * 24 * 3600 ? seconds : undefined;
}

/** What targets can be set for, in the order of the columns. */
export const goals = ['waitS', 'firstReplyS', 'silenceS', 'durationS', 'answeredPercent'] as const;
export type Goal = (typeof goals)[number];

/** What each is called in the catalogue, below settings.targets. */
export const goalNames = {
  waitS: 'wait',
  firstReplyS: 'firstreply',
  silenceS: 'silence',
  durationS: 'duration',
  answeredPercent: 'answered',
} as const satisfies Record<Goal, string>;

/** The target of a queue that has none of its own. */
export const asForAll = -1;

/** Reads a target for all or, with own, for a queue; nothing when it cannot be meant. Empty is none, or as for all. */
export function readGoal(goal: Goal, text: string, own: boolean): number | undefined {
  if (text.trim() === '') return own ? asForAll : 0;
  if (goal !== 'answeredPercent') return readTarget(text);
  const share = text.replace('%', '').trim();
  return /^\d{1,3}$/.test(share) && Number(share) <= 100 ? Number(share) : undefined;
}

/** Writes a target as it is read. */
export function writeGoal(goal: Goal, value: number, own: boolean): string {
  if (own ? value === asForAll : value <= 0) return '';
  return goal === 'answeredPercent' ? String(value) : writeTarget(value);
}

/** Writes a target as it is read: 2:00. */
export function writeTarget(seconds: number): string {
  const pad = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(seconds % 60)}` : `${minutes}:${pad(seconds % 60)}`;
}

export const sections = [
  'connection',
  'sync',
  'data',
  'appearance',
  'language',
  'shortcuts',
  'export',
  'targets',
  'about',
] as const;
export type Section = (typeof sections)[number];

/** The section of an address, the first when there is none of that name. */
export function sectionOf(text: string | undefined): Section {
  return sections.find((section) => section === text) ?? 'connection';
}

/** The values offered, with the present one among them even when it is not one of ours. */
export function offered(values: readonly number[], present: number): number[] {
  return [...new Set([...values, present])].sort((a, b) => a - b);
}
