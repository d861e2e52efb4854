import type { profile } from '$lib/backend';

/** The dialogs over the whole window; at most one is open. */
class Layers {
  /** Export of everything that matches, or of the selected rows. */
  export = $state<'all' | 'selected'>();
  /** The interactions to anonymise. */
  anonymise = $state.raw<profile.Selection>();
  /** The interactions to pair with one contact. */
  pair = $state.raw<profile.Selection>();
  /** The person to look up: by a text, or a contact by its unique name. */
  person = $state.raw<{ text?: string; contact?: string }>();
  advanced = $state(false);
  help = $state(false);
  quick = $state(false);
  /** Drawing a sample for review. */
  sample = $state(false);
  saveView = $state(false);
  pasteView = $state(false);
  /** The list on its way to the printer; nothing of it is seen on the screen. */
  print = $state(false);

  readonly open = $derived(
    Boolean(
      this.export ||
      this.anonymise ||
      this.pair ||
      this.person ||
      this.advanced ||
      this.help ||
      this.quick ||
      this.sample ||
      this.saveView ||
      this.pasteView,
    ),
  );
}

export const layers = new Layers();
