/**
 * The share of answered interactions, 0–1, among those of which it is known: an open one was
 * neither answered nor left. Not a number where it is known of none.
 */
export function answeredShare(of: { answered: number; unanswered: number }): number {
  return of.answered / (of.answered + of.unanswered);
}
