import { expect, test } from './fixtures';
import { List } from './list';

test('a double click opens the details and selects no text', async ({ app, page }) => {
  await app.open(page);
  const list = new List(page);
  await list.shown();
  await list.rows().nth(1).locator('[data-field=queue]').dblclick();
  await expect(page.getByRole('complementary', { name: 'Interaction details' })).toBeVisible();
  expect(await page.evaluate(() => getSelection()?.toString())).toBe('');
});

test('a dialog begins at its first field, and an empty month offers no week', async ({ app, page }) => {
  await app.open(page);
  const list = new List(page);
  await list.shown();
  await page.getByRole('main').getByRole('button', { name: 'Export', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await expect(dialog.getByRole('button', { name: 'Close' })).not.toBeFocused();
  await expect(dialog.locator('.body :focus')).toHaveCount(1);
  await page.keyboard.press('Escape');

  await list.sender.fill('nobody at all');
  await list.search.click();
  await expect(page.getByRole('button', { name: 'Clear filter' })).toBeVisible();
  await expect(page.getByRole('main').getByRole('button', { name: 'Last 7 days' })).toBeVisible();
  await list.preset('Last 30 days');
  await list.search.click();
  await expect(page.getByRole('main').getByRole('button', { name: 'Last 7 days' })).toHaveCount(0);
});
