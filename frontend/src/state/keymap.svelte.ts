import { readCombination } from './combination';
import { session } from './session.svelte';
import { matches } from './shortcuts';

/** What a person may put on other keys, with the usual ones. */
export const usual = {
  quick: 'Ctrl+K',
  filter: 'Ctrl+F',
  advanced: 'Ctrl+Shift+F',
  refresh: 'F5',
  sync: 'Ctrl+R',
  export: 'Ctrl+E',
  next: 'J',
  previous: 'K',
  review: 'R',
  copyLink: 'Ctrl+Shift+L',
  new: 'Alt+N',
  undo: 'Ctrl+Z',
  print: 'Ctrl+P',
  presentation: 'Ctrl+Shift+H',
  help: 'F1',
} as const;

export type Action = keyof typeof usual;
export const actions = Object.keys(usual) as Action[];

/** Actions that a single letter may do, since they are heard in the grid and the details only. */
export const takesLetter = (action: Action): boolean =>
  action === 'next' || action === 'previous' || action === 'review';

/** Which keys do what, following the settings. */
class Keymap {
  readonly #own = $derived(session.settings?.shortcuts ?? {});

  /** The keys of an action: "Ctrl+E". */
  of(action: Action): string {
    const own = this.#own[action];
    return own && readCombination(own) ? own : usual[action];
  }

  /** Whether an action has other keys than the usual ones. */
  changed(action: Action): boolean {
    return this.of(action) !== usual[action];
  }

  /** Whether these keys are those of an action. */
  hears(event: KeyboardEvent, action: Action): boolean {
    const keys = readCombination(this.of(action));
    const letter = keys && keys.key.startsWith('Key') && !keys.control && !keys.alt;
    if (!keys || (letter && session.settings?.singleKeys === false)) return false;
    // In a text field these take back what was typed, or are typed.
    return matches(event, { ...keys, outsideText: letter || action === 'undo' });
  }

  /** The other action that keys already do. */
  takenBy(keys: string, except: Action): Action | undefined {
    return actions.find((action) => action !== except && this.of(action) === keys);
  }

  /** The settings with an action on other keys; without keys it gets the usual ones back. */
  with(action: Action, keys?: string): Record<string, string> {
    const { [action]: _before, ...others } = this.#own;
    return keys === undefined || keys === usual[action] ? others : { ...others, [action]: keys };
  }
}

export const keymap = new Keymap();
