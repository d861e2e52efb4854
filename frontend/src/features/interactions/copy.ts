import { backend, errorText } from '$lib/backend';
import { formatNumber } from '$lib/format';
import { i18n, t } from '$lib/i18n';
import { announce } from '$features/shell/announce.svelte';
import type { Field } from './columns.svelte';
import { list } from './list.svelte';

/** More rows than this belong into an export. */
const maxRows = 10_000;

/** Puts a text on the clipboard and says so. */
export async function copyCell(text: string): Promise<void> {
  try {
    await backend.session.CopyText(text);
    announce(t('copy.done'));
  } catch (error) {
    announce(errorText(error), 'assertive');
  }
}

/** Puts the selected rows on the clipboard as a table with headers. */
export async function copySelection(fields: Field[]): Promise<void> {
  const rows = list.selected;
  if (rows > maxRows) {
    announce(t('copy.tooMany', { limit: formatNumber(maxRows) }), 'assertive');
    return;
  }
  try {
    const request = list.selection.toRequest(list.snapshot);
    const copy = await backend.interactions.CopyRows(request, fields, i18n.lang);
    await backend.session.CopyText(copy.text);
    announce(t('copy.rows', { n: copy.rows })); // some may have left the list
  } catch (error) {
    announce(errorText(error), 'assertive');
  }
}
