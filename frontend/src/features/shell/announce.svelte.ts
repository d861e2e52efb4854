/** Sentences for screen readers, also shown for a while in the status bar. */
class Announcer {
  polite = $state('');
  assertive = $state('');
  #timer: ReturnType<typeof setTimeout> | undefined;

  say(text: string, how: 'polite' | 'assertive'): void {
    // The same sentence twice in a row has to be a change to be read again.
    const value = this[how] === text ? `${text}\u00a0` : text;
    this.polite = how === 'polite' ? value : '';
    this.assertive = how === 'assertive' ? value : '';
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.polite = '';
      this.assertive = '';
    }, 8000);
  }
}

export const announcer = new Announcer();

/** Tells what happened, politely, or at once when it is an error. */
export function announce(text: string, how: 'polite' | 'assertive' = 'polite'): void {
  announcer.say(text, how);
}
