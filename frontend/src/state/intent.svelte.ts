/** What to show first in the details that are being opened: the contact's card, or pairing. */
class DetailIntent {
  value = $state<'contact' | 'pair'>();

  /** Reads and forgets it, so that it acts once. */
  take(): 'contact' | 'pair' | undefined {
    const value = this.value;
    this.value = undefined;
    return value;
  }
}

export const detailIntent = new DetailIntent();

/** What the list is to do next. */
export const listIntent = {
  /** The rows of the next search take the focus: somebody chose a view by its key. */
  focus: false,
  /** The row of an interaction is shown and takes the focus: somebody comes back to the list. */
  show: undefined as string | undefined,
};
