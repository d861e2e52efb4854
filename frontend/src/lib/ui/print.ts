/**
 * Prints one part of the page alone. The rules of app.css hide everything that is neither
 * the part nor around it while the root carries data-print.
 */
export function printElement(part: HTMLElement): void {
  const root = document.documentElement;
  part.classList.add('printed');
  root.dataset.print = '';
  window.print();
  delete root.dataset.print;
  part.classList.remove('printed');
}
