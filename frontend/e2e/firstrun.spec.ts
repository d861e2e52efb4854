import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { violationsOf } from './axe';
import { expect, test } from './fixtures';
import { columns, List } from './list';

/** Chooses demo data on the first screen. */
async function begin(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Try with demo data/ }).click();
  await page.getByRole('button', { name: 'Open demo data' }).click();
}

test.describe('first run', () => {
  test.use({ args: [], stored: false });

  test('E01 offers the three ways to begin, and demo data lead to the list of today @windows', async ({
    app,
    page,
  }) => {
    await app.open(page);
    await expect(page.getByRole('button', { name: /^Connect to Daktela/ })).toBeVisible();
    await expect(page.getByRole('button', { name: /^Open an exported file/ })).toBeVisible();
    await begin(page);

    const list = new List(page);
    await list.shown();
    await expect(list.picker('Time')).toContainText('Today');
    await expect(page).toHaveTitle(/^Interactions – .+ – Demo data$/);
  });

  test('E01 demo data are still there after a restart', async ({ app, page }) => {
    await app.open(page);
    await begin(page);
    const list = new List(page);
    await list.shown();
    await expect(page.getByRole('contentinfo')).toContainText('Stored 20 Oct – 19 Nov 2026', {
      timeout: 90_000,
    });
    const before = await list.show('Today');
    await app.restart();
    // A window's page may ask before its data are open: they are not said to be missing.
    let open = false;
    await page.route('**/call/Session.State', async (route) => {
      const response = await route.fetch();
      const json = (await response.json()) as { result: object };
      if (!open) json.result = { ...json.result, mode: 'opening', migratingMB: 2510 };
      await route.fulfill({ response, json });
    });
    await app.open(page);
    await expect(
      page.getByText('The stored data (2510 MB) are brought into the form of this version.'),
    ).toBeVisible();
    await expect(page.getByRole('button', { name: /^Connect to Daktela/ })).toBeHidden();
    open = true;
    expect(await list.shown()).toBe(before);
    await page.unrouteAll();

    // Locked, with a PIN that this computer's keyring does not have.
    await app.restart(() => writeFile(path.join(app.home, 'data', '.lock'), ''));
    await app.open(page);
    await expect(page.getByRole('heading', { name: 'Wapdesk is locked' })).toBeVisible();
    await expect(page.getByLabel('PIN')).toBeFocused();
    await page.keyboard.type('4711');
    await page.keyboard.press('Enter');
    await expect(page.getByText('There is no keyring on this computer').first()).toBeVisible();
    expect(await violationsOf(page)).toEqual([]);
    expect(await page.content()).not.toContain('Demo');
    await page.getByRole('button', { name: 'I don’t know the PIN' }).click();
    const question = page.getByRole('alertdialog', { name: 'Remove everything stored?' });
    await expect(question).toContainText('Changes that weren’t sent yet are lost');
    await expect(question.getByRole('button', { name: 'Remove everything' })).toBeDisabled();
    await question.getByLabel('To confirm, type Wapdesk').fill('Wapdesk');
    await question.getByRole('button', { name: 'Remove everything' }).click();
    await expect(page.getByRole('button', { name: /^Connect to Daktela/ })).toBeVisible();
  });
});

test.describe('in a Czech browser', () => {
  test.use({ args: [], stored: false, locale: 'cs-CZ' });

  test('E01 the first screen and the demo data speak Czech', async ({ app, page }) => {
    await app.open(page);
    await expect(page.locator('html')).toHaveAttribute('lang', 'cs');
    await page.getByRole('button', { name: /^Vyzkoušet/ }).click();
    await page.getByRole('button', { name: 'Otevřít ukázková data' }).click();
    await new List(page).shown();
    await expect(page.locator('html')).toHaveAttribute('lang', 'cs');
  });
});

test('the list has the columns of the original in their order', async ({ app, page }) => {
  await app.open(page);
  const list = new List(page);
  await list.shown();
  const headers = list.grid.getByRole('columnheader');
  await expect(headers).toHaveCount(columns.length + 1); // and the boxes that select
  expect(await headers.allTextContents().then((all) => all.map((text) => text.trim()))).toEqual([
    '',
    ...columns,
  ]);
});
