import type { Locator, Page } from '@playwright/test';
import { drawn } from './list';

/** How a value that is not there is shown, in whichever column. */
const blanks = new Set(['', '–', 'Pair', 'Anonymised']);

export const isBlank = (text: string) => blanks.has(text);

/** The grid by its headers and what stands under them. */
export class Table {
  readonly grid: Locator;

  constructor(readonly page: Page) {
    this.grid = page.getByRole('grid', { name: 'Interactions' });
  }

  /** The title of a column; a number beside it is its rank in the sort. */
  header(title: string): Locator {
    return this.grid.getByRole('columnheader', { name: new RegExp(`^${title} ?\\d?$`) });
  }

  /** The titles from left to right. */
  async titles(): Promise<string[]> {
    const texts = await this.grid.getByRole('columnheader').allTextContents();
    return texts.map((text) => text.trim().replace(/ ?\d$/, ''));
  }

  /** What one column shows, row by row; of a long list only what is drawn. */
  async column(title: string): Promise<string[]> {
    return (await this.read(title)).map(([, text]) => text);
  }

  /** As column, with the number of each row in the whole list, from 0. */
  async read(title: string): Promise<[number, string][]> {
    const column = await this.header(title).getAttribute('aria-colindex');
    const cells = await this.grid
      .locator(`[aria-rowindex]:has([role=rowheader]) [aria-colindex="${column}"]`)
      .evaluateAll((all) =>
        all.map((cell): [number, string] => [
          Number(cell.closest('[aria-rowindex]')?.getAttribute('aria-rowindex')) - 2,
          (cell as HTMLElement).innerText.trim(),
        ]),
      );
    return cells.sort((a, b) => a[0] - b[0]);
  }

  /** The row at a place of the whole list, from 0. */
  row(at: number): Locator {
    return this.grid.locator(`[role=row][aria-rowindex="${at + 2}"]`);
  }

  cell(at: number, column: number): Locator {
    return this.row(at).locator(`[aria-colindex="${column}"]`);
  }

  /** Waits until the rows that are drawn have come. */
  async settled(): Promise<void> {
    await this.page.locator('[role=grid]:not([aria-busy=true]):not(:has(.row-line.waiting))').waitFor();
  }

  /** Clicks a title and waits for the rows in the new order. */
  async sort(title: string, how: { shift?: boolean } = {}): Promise<void> {
    const answered = this.page.waitForResponse((reply) => reply.url().endsWith('/call/Interactions.Search'));
    await this.header(title).click({ modifiers: how.shift ? ['Shift'] : [] });
    await answered;
    await drawn(this.page);
    await this.settled();
  }
}

/** 0:05:12 in seconds. */
export function seconds(text: string): number {
  return text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
}
