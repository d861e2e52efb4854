import { backend, errorText } from '$lib/backend';
import { t } from '$lib/i18n';
import { announce } from './announce.svelte';

/** Puts a text on the clipboard and says so. */
export async function copyText(text: string): Promise<void> {
  try {
    await backend.session.CopyText(text);
    announce(t('copy.done'));
  } catch (error) {
    announce(errorText(error), 'assertive');
  }
}
