/** Errors are said at once; what the screen shows anyway is said only, not shown again. */
type Manner = 'polite' | 'assertive' | 'unseen';

/** Sentences for screen readers, also shown for a while in the status bar. */
class Announcer {
  polite = $state('');
  assertive = $state('');
  /** What the status bar shows of it. */
  shown = $state('');
  #timer: ReturnType<typeof setTimeout> | undefined;

  say(text: string, how: Manner): void {
    const kind = how === 'assertive' ? 'assertive' : 'polite';
    // The same sentence twice in a row has to be a change to be read again.
    const value = this[kind] === text ? `${text}\u00a0` : text;
    this.polite = kind === 'polite' ? value : '';
    this.assertive = kind === 'assertive' ? value : '';
    this.shown = how === 'unseen' ? '' : text;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.polite = '';
      this.assertive = '';
      this.shown = '';
    }, 8000);
  }
}

export const announcer = new Announcer();

/** Tells what happened, politely, or at once when it is an error. */
export function announce(text: string, how: Manner = 'polite'): void {
  announcer.say(text, how);
}
