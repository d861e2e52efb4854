/** Reads a target like 2:00, 1:02:00 or 90 as seconds; nothing when it cannot be meant. */
export function readTarget(text: string): number | undefined {
  const parts = text.trim().split(':');
  if (parts.length > 3 || parts.some((part) => !/^\d{1,4}$/.test(part))) return undefined;
  const numbers = parts.map(Number);
  if (numbers.slice(1).some((part) => part > 59)) return undefined;
  const seconds = numbers.reduce((sum, part) => sum * 60 + part, 0);
  return seconds <= 24 * 3600 ? seconds : undefined;
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
