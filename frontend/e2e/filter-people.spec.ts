import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { List } from './list';
import { Table } from './table';

test.use({ alone: false });

/** The layer of an open picker. */
const layer = (page: Page, name: string) => page.getByRole('dialog', { name });

test.describe('groups and deactivated values', () => {
  test('E04 a group of queues means its members, and its count is what comes', async ({ app, page }) => {
    await app.open(page);
    const list = new List(page);
    await list.shown();
    await list.picker('Queue').click();
    const option = layer(page, 'Queue')
      .getByRole('group', { name: 'Groups' })
      .getByRole('option', { name: /^Zákaznická podpora/ });
    await expect(option).toHaveText(/\d$/);
    const promised = Number(/(\d+)\s*$/.exec(await option.innerText())?.[1]);
    await option.click();
    await page.keyboard.press('Escape');
    expect(await list.draftCount()).toBe(promised);
    await list.search.click();
    await expect.poll(() => list.total()).toBe(promised);
    const queues = new Set(await new Table(page).column('Queue'));
    expect(['Podpora CZ', 'Technická podpora', 'Support EN']).toEqual(expect.arrayContaining([...queues]));
    await expect(list.picker('Queue')).toContainText('Zákaznická podpora');
  });

  test('E04 a group of users and one more user add up, and fields narrow each other', async ({
    app,
    page,
  }) => {
    await app.open(page);
    const list = new List(page);
    await list.shown();
    await list.picker('User').click();
    const picker = layer(page, 'User');
    await picker.getByRole('combobox').fill('english');
    await picker.getByRole('option', { name: /^English team/ }).click();
    await page.keyboard.press('Escape');
    const group = await list.draftCount();
    await list.picker('User').click();
    await picker.getByRole('combobox').fill('(none)');
    await picker.getByRole('option', { name: /^\(none\)/ }).click();
    await page.keyboard.press('Escape');
    await expect(list.picker('User')).toContainText('English team +1');
    await expect.poll(() => list.draftCount(), 'values of one field add up').toBeGreaterThan(group);
    const both = await list.draftCount();
    await list.picker('Queue').click();
    await layer(page, 'Queue')
      .getByRole('option', { name: /^Support EN/ })
      .click();
    await page.keyboard.press('Escape');
    await list.search.click();
    await expect(list.search).toHaveText('Search');
    expect(await list.shown(), 'fields are joined by and').toBeLessThan(both);
    expect(new Set(await new Table(page).column('Queue'))).toEqual(new Set(['Support EN']));
  });

  test('E04 the eye offers deactivated queues and never hides an interaction', async ({ app, page }) => {
    await app.open(page);
    const list = new List(page);
    const all = await list.show('Everything stored');
    const eye = list.bar.getByRole('button', { name: 'Show deactivated users and queues' });
    const over = layer(page, 'Queue').getByRole('option', { name: /^Akce Vánoce/ });

    await list.picker('Queue').click();
    await expect(layer(page, 'Queue').getByRole('option', { name: /^Objednávky/ })).toBeVisible();
    await expect(over).toHaveCount(0);
    await page.keyboard.press('Escape');

    await eye.click();
    await expect(eye).toHaveAttribute('aria-pressed', 'true');
    await list.search.click();
    await list.shown();
    expect(await list.total()).toBe(all);
    await list.picker('Queue').click();
    await expect(over).toContainText('deactivated');
    await over.click();
    await page.keyboard.press('Escape');
    await eye.click();
    await expect(list.picker('Queue'), 'a chosen one stays').toContainText('Akce Vánoce');
    await list.picker('Queue').click();
    await expect(over, 'and can be taken out again').toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('Escape');
    await list.search.click();
    await expect(list.search).toHaveText('Search');
    if ((await list.total()) > 0) {
      const queue = new Table(page).cell(0, 3);
      await expect(queue).toContainText('Akce Vánoce');
      await expect(queue).toContainText('deactivated');
    }
  });
});

test.describe('Sender', () => {
  test('E05 a number is found in every spelling @windows', async ({ app, page }) => {
    await app.open(page);
    const list = new List(page);
    await list.preset('Everything stored');
    const counts: number[] = [];
    // One person of the demo writes from +420 601 555 092.
    for (const text of [
      '420601555092',
      '+420601555092',
      '00420601555092',
      '+420 601 555 092',
      '601 555 092',
      '601555092',
    ]) {
      await list.sender.fill(text);
      counts.push(await settledCount(list));
    }
    expect(counts[0]).toBeGreaterThan(0);
    expect(new Set(counts), counts.join(' ')).toEqual(new Set([counts[0]]));
  });

  test('E05 the recipient is searched as well', async ({ app, page }) => {
    await app.open(page);
    const list = new List(page);
    const table = new Table(page);
    await list.preset('Everything stored');
    await list.sender.fill('420 601 555 018'); // who is mostly written to
    await list.search.click();
    await expect(list.search).toHaveText('Search');
    expect(await list.shown()).toBeGreaterThan(0);
    await table.settled();
    expect(await table.column('Direction')).toContain('Outgoing');
  });

  test('E05 names are found without case and diacritics', async ({ app, page }) => {
    await app.open(page);
    const list = new List(page);
    await list.preset('Everything stored');
    for (const field of [list.sender, list.bar.getByRole('textbox', { name: 'Contact' })]) {
      const counts: number[] = [];
      for (const text of ['dvorak', 'DVORAK', 'Dvořák', 'dvořák']) {
        await field.fill(text);
        counts.push(await settledCount(list));
      }
      expect(counts[0]).toBeGreaterThan(0);
      expect(new Set(counts), counts.join(' ')).toEqual(new Set([counts[0]]));
      await field.fill('');
    }
    await list.bar.getByRole('textbox', { name: 'Contact' }).fill('dvorak');
    await page.keyboard.press('Enter');
    await expect(list.search).toHaveText('Search');
    await list.shown();
    const contacts = await new Table(page).column('Contact');
    expect(contacts.filter((name) => !name.includes('Dvořák'))).toEqual([]);
  });
});

/** The count of the draft as it is now; it comes a moment after the last change. */
async function settledCount(list: List): Promise<number> {
  await list.page.waitForResponse((reply) => reply.url().endsWith('/call/Interactions.Count'));
  return list.draftCount();
}
