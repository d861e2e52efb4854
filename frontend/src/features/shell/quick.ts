/** One thing that the quick field offers. */
export interface Offer {
  key: string;
  label: string;
  /** What stands beside it: its keys, or how many interactions it has. */
  detail?: string;
  /** Why it cannot be had. */
  disabled?: string;
  /** How well it fits: 0 where the text is its beginning, 1 that of a word, 2 elsewhere. */
  place: number;
  run: () => void | Promise<void>;
}

/** Offers of a kind, with how many there are in all. */
export interface Group {
  key: 'interactions' | 'contacts' | 'users' | 'queues' | 'views' | 'settings' | 'commands' | 'words';
  total: number;
  offers: Offer[];
}

/** Where a folded text holds another: at its beginning, at that of a word, or elsewhere. */
export function placeIn(text: string, wanted: string): number {
  if (text.startsWith(wanted)) return 0;
  return text.includes(` ${wanted}`) ? 1 : 2;
}

/** Groups that offer something, that of the best hit first, and the best hits first in each. */
export function ranked(groups: readonly Group[]): Group[] {
  const best = (group: Group) => Math.min(...group.offers.map((offer) => offer.place));
  return groups
    .filter((group) => group.offers.length > 0)
    .map((group) => ({ ...group, offers: [...group.offers].sort((a, b) => a.place - b.place) }))
    .sort((a, b) => best(a) - best(b));
}
