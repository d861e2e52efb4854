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
