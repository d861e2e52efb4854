import type { Locator, Page } from '@playwright/test';
import { expect } from './fixtures';

/** The 14 columns in the order of the original list, then the actions. */
export const columns = [
  'Time',
  'Queue',
  'User',
  'Contact',
  'WhatsApp contact',
  'Title',
  'Answered',
  'Wait time',
  'Duration',
  'Ended',
  'Connector',
  'Missed',
  'Missed time',
  'Direction',
  'Actions',
];

/** Waits until the page shows what has been answered: until then it shows the rows of before. */
export async function drawn(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
  );
}

/** The list with its filter bar, as a person finds it. */
export class List {
  readonly grid: Locator;
  readonly bar: Locator;
  readonly search: Locator;
  readonly clear: Locator;
  readonly sender: Locator;

  constructor(readonly page: Page) {
    this.grid = page.getByRole('grid');
    this.bar = page.getByRole('search');
    this.search = this.bar.getByRole('button', { name: /^Search/ });
    this.clear = this.bar.getByRole('button', { name: 'Clear', exact: true });
    this.sender = this.bar.getByRole('textbox', { name: 'Sender' });
  }

  /** A button of the bar that opens a picker: Time, User or Queue. */
  picker(name: 'Time' | 'User' | 'Queue'): Locator {
    return this.bar.getByRole('button', { name: new RegExp(`^${name}\\b`) });
  }

  /** Rows with data that are drawn now. */
  rows(): Locator {
    return this.grid.locator('[role=row][data-row]:not(.waiting)');
  }

  /** How many interactions match in all, as a screen reader is told. */
  async total(): Promise<number> {
    return Number(await this.grid.getAttribute('aria-rowcount')) - 1;
  }

  /** Waits until the list has settled and shows rows. */
  async shown(): Promise<number> {
    // Not with expect, which describes the whole page to itself each time it has to look again.
    await this.rows().first().waitFor();
    await this.page.locator('[role=grid]:not([aria-busy=true])').waitFor();
    return this.total();
  }

  /** Chooses a preset of the time in the draft. */
  async preset(name: string): Promise<void> {
    await this.picker('Time').click();
    await this.page.getByRole('list', { name: 'Periods' }).getByRole('button', { name, exact: true }).click();
  }

  /** Applies a preset and waits for its rows. */
  async show(preset: string): Promise<number> {
    await this.preset(preset);
    await this.search.click();
    await expect(this.search).toHaveText('Search');
    return this.shown();
  }

  /** The count on the Search button while the draft differs from what is applied. */
  async draftCount(): Promise<number> {
    await expect(this.search).toHaveText(/^Search · [\d,]+$/);
    return Number((await this.search.textContent())?.replace(/\D/g, ''));
  }
}
