import type { app } from '$lib/backend';
import { t } from '$lib/i18n';
import type { Choice } from './PickDialog.svelte';

/** Contacts as things to choose from; those with the customer's number are marked. */
export function contactChoices(hits: app.ContactHit[]): Choice[] {
  return hits.map(({ contact, likely }) => ({
    name: contact.name,
    title: contact.title,
    about: [contact.account.title, ...contact.numbers, ...contact.emails].filter(Boolean).join(' · '),
    mark: likely ? t('change.pair.likely') : undefined,
  }));
}
