/** Lower case without diacritics, so that "dvorak" finds "Dvořák". */
export function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
