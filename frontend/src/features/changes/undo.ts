import { backend } from '$lib/backend';
import { t, tOr } from '$lib/i18n';

/**
 * Cancels the change that was made last of those that wait, and says which it was. What was
 * anonymised is never undone.
 */
export async function cancelLast(): Promise<string> {
  const waiting = (await backend.changes.List()).filter(
    (change) => change.state === 'waiting' && change.kind !== 'anonymise',
  );
  const last = waiting.toSorted((a, b) => b.createdMs - a.createdMs || b.id - a.id)[0];
  if (!last) return t('changes.undo.none');
  await backend.changes.Cancel(last.id);
  return t('changes.undo.done', { kind: tOr(`changes.kind.${last.kind}`, last.kind) });
}
