import type { profile } from '$lib/backend';

/** What figures can be compared with, besides a period of one's own. */
export const comparisons = ['before', 'year', 'team'] as const;

const day = /^\d{4}-\d{2}-\d{2}$/;

/** What the address says of a comparison: before, year, team or two days; nothing where it says none that is known. */
export function readComparison(text: string | undefined): profile.Comparison | undefined {
  const none = { preset: '', from: '', to: '' };
  if (!text) return undefined;
  if ((comparisons as readonly string[]).includes(text)) return { with: text, own: none };
  const [from = '', to = '', ...rest] = text.split('..');
  if (rest.length > 0 || !day.test(from) || !day.test(to)) return undefined;
  return { with: 'own', own: { preset: '', from, to } };
}

/** A comparison as the address says it; nothing for none. */
export function writeComparison(comparison: profile.Comparison | undefined): string | undefined {
  if (!comparison) return undefined;
  return comparison.with === 'own' ? `${comparison.own.from}..${comparison.own.to}` : comparison.with;
}
