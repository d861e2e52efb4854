import { backend, errorText } from '$lib/backend';
import { formatNumber } from '$lib/format';
import { i18n, t } from '$lib/i18n';
import { announce } from '$state/announce.svelte';
import type { Field } from '$state/columns.svelte';
import { list } from '$state/list.svelte';

/** More rows than this belong into an export. */
const maxRows = 10_000;

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
