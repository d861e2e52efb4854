import type { Shortcut } from './shortcuts';

/**
 * Keys pressed together as settings keep them and as people read them: "Ctrl+Shift+F". After the
 * modifiers, always in this order, stands a letter, a digit or a function key.
 */
const form = /^(Ctrl\+)?(Alt\+)?(Shift\+)?(?:([A-Z])|(\d)|(F(?:[1-9]|1[0-2])))$/;

/** Reads a combination; nothing when it is none. */
export function readCombination(text: string): Shortcut | undefined {
  const found = form.exec(text);
  if (!found) return undefined;
  const [, control, alt, shift, letter, digit, named] = found;
  return {
    key: letter ? `Key${letter}` : digit ? `Digit${digit}` : (named ?? ''),
    control: control !== undefined,
    alt: alt !== undefined,
    shift: shift !== undefined,
  };
}

/** What is pressed, by the physical key; nothing for modifiers alone and keys that are not offered. */
export function pressedCombination(event: KeyboardEvent): string | undefined {
  const key = /^(?:Key|Digit)(.)$/.exec(event.code)?.[1] ?? event.key;
  const text = [
    (event.ctrlKey || event.metaKey) && 'Ctrl',
    event.altKey && 'Alt',
    event.shiftKey && 'Shift',
    key,
  ]
    .filter(Boolean)
    .join('+');
  return form.test(text) ? text : undefined;
}

/** Why a combination cannot be chosen. */
export type Refusal = 'plain' | 'altgr' | 'reserved';

/** What text fields, grids, pages and views, menus, browsers and systems do with keys. */
const reserved =
  /^(Ctrl\+(Shift\+)?[ACVXYWTNQ]|(Ctrl\+|Alt\+)(Shift\+)?\d|(Shift\+)?F(6|10)|Alt\+F4|F1[12])$/;

/** Whether a combination can be chosen; single letters are for the grid and the details alone. */
export function refusalOf(text: string, single: boolean): Refusal | undefined {
  const keys = readCombination(text);
  if (!keys) return 'plain';
  if (keys.control && keys.alt) return 'altgr'; // types characters on many keyboards
  if (reserved.test(text)) return 'reserved';
  const named = keys.key.startsWith('F');
  const letter = keys.key.startsWith('Key') && !keys.shift;
  return keys.control || keys.alt || named || (single && letter) ? undefined : 'plain';
}
