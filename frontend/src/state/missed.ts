import type { app } from '$lib/backend';
import { tOr } from '$lib/i18n';

/** The values of the column Missed as the web list of the contact centre has them. */
const missedValues: Record<string, string> = { waiting: '1', contactedback: 'NO', cleared: '0' };

/** What Missed says, in words and as the column's own value. */
export function missedTitle(row: app.Row): string | undefined {
  const value = missedValues[row.missed];
  return value && `${tOr(`value.missed.${row.missed}`, row.missed)} · ${value}`;
}
