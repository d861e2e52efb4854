import type { Locator, Page } from '@playwright/test';
import { expect } from './fixtures';
import { drawn, List } from './list';

declare global {
  interface Window {
    /** What the page asked the browser to open. */
    opened?: string[];
  }
}

/** The details of an interaction, as a person finds them. */
export class Details {
  readonly list: List;
  readonly pane: Locator;
  readonly heading: Locator;
  readonly chat: Locator;
  readonly activities: Locator;
  readonly wap: Locator;
  readonly activity: Locator;

  constructor(readonly page: Page) {
    this.list = new List(page);
    this.pane = page.getByRole('complementary', { name: 'Interaction details' });
    this.heading = this.pane.getByRole('heading', { level: 2 });
    this.chat = this.pane.getByRole('log', { name: 'Chat transcript' });
    this.activities = this.pane.getByRole('table').first();
    this.wap = this.pane.getByRole('tab', { name: 'Wap', exact: true });
    this.activity = this.pane.getByRole('tab', { name: 'Activity', exact: true });
  }

  /** Applies a filter in its text form to everything stored. */
  async filter(query: string): Promise<number> {
    const { page } = this;
    await this.list.preset('Everything stored');
    await page.getByRole('button', { name: 'Advanced filter' }).click();
    const sheet = page.getByRole('dialog', { name: 'Advanced filter' });
    await expect(sheet.getByRole('status')).toContainText(/\d/);
    const answered = (method: string) =>
      page.waitForResponse((reply) => reply.url().endsWith(`/call/${method}`));
    const counted = answered('Interactions.Count');
    await sheet.getByRole('textbox', { name: 'Text form' }).fill(query);
    await counted;
    const rows = answered('Interactions.Search');
    await sheet.getByRole('button', { name: 'Apply' }).click();
    await expect(sheet).toHaveCount(0);
    await rows;
    await drawn(page);
    return this.list.shown();
  }

  /** Opens the details of a row that is on screen. */
  async open(row = 0): Promise<void> {
    await this.list.rows().nth(row).getByRole('button', { name: 'Open details' }).click();
    await this.pane.getByRole('heading', { name: 'Activities' }).waitFor();
  }

  /** Opens the first interaction that a filter in its text form finds. */
  async find(query: string): Promise<void> {
    await this.filter(query);
    await this.open();
  }

  /** Enters a text into the quick field, once it is there to take it. */
  async quick(text: string): Promise<void> {
    await this.page.keyboard.press('Control+k');
    await expect(this.page.getByRole('dialog').getByRole('combobox')).toBeFocused();
    await this.page.keyboard.insertText(text);
    await this.page.keyboard.press('Enter');
  }

  /** Goes to an interaction by its unique name. */
  async goTo(name: string): Promise<void> {
    await this.quick(name);
    await expect(this.pane.getByText(name, { exact: true }).first()).toBeVisible();
  }

  /** The unique name of the interaction, from the Wap tab. */
  async name(): Promise<string> {
    await this.wap.click();
    return (await this.fact('Unique name').innerText()).trim();
  }

  /** What stands beside a label of the tab that is open. */
  fact(label: string): Locator {
    return this.pane
      .getByRole('tabpanel')
      .locator('dt')
      .filter({ hasText: new RegExp(`^${label}$`) })
      .locator('xpath=following-sibling::dd[1]');
  }

  /** The titles in the list of activities. */
  titles(): Locator {
    return this.activities.locator('tbody tr td:first-child button');
  }

  /** Opens one of the cards under the list of activities; close the one before with closeCard. */
  async card(which: 'Contact' | 'Account' | 'Ticket' | 'QA review'): Promise<Locator> {
    const card = this.page.getByRole('dialog', { name: which, exact: true });
    if (!(await card.isVisible())) {
      await this.pane.locator('.crm .part', { hasText: which }).getByRole('button').click();
    }
    await expect(card).toBeVisible();
    return card;
  }

  /** Closes a card, and waits until it has gone. */
  async closeCard(card: Locator): Promise<void> {
    await this.page.keyboard.press('Escape');
    await card.waitFor({ state: 'hidden' });
  }

  /** Types into a dialog that offers contacts or tickets, and waits for what it offers. */
  async search(dialog: Locator, text: string): Promise<void> {
    // The dialog asks for likely ones by itself before it is asked for these.
    const answered = this.page.waitForResponse(
      (reply) =>
        /\/call\/Changes\.(Contacts|Tickets)$/.test(reply.url()) &&
        reply.request().postData()?.includes(JSON.stringify(text)) === true,
    );
    await expect(dialog.getByRole('listbox')).toBeAttached();
    await dialog.getByRole('combobox').fill(text);
    await answered;
    await expect(dialog.getByRole('option').first()).toBeVisible();
  }

  /** Keeps the browser from opening other pages, and remembers what they would have been. */
  async watchLinks(): Promise<void> {
    await this.page.addInitScript(() => {
      window.open = (address?: string | URL) => {
        (window.opened ??= []).push(String(address));
        return null;
      };
    });
  }

  async lastOpened(): Promise<string> {
    return (await this.page.evaluate(() => window.opened?.at(-1))) ?? '';
  }
}
