import { expect } from './fixtures';
import { test } from './centre';
import { List } from './list';
import { Table } from './table';

test('E11 a sync while reading moves nothing until Alt+N', async ({ app, centre, page }) => {
  await app.open(page);
  const list = new List(page);
  const table = new Table(page);
  const pill = page.getByRole('banner').getByRole('button', { name: /^Synchronisation/ });
  await expect(pill).toHaveText(/Up to date/, { timeout: 60_000 });
  await list.search.click();
  const total = await list.show('Last 7 days');
  const sync = async () => {
    await pill.click();
    await page
      .getByRole('dialog', { name: /^Synchronisation/ })
      .getByRole('button', { name: 'Sync now' })
      .click();
    await page.keyboard.press('Escape');
  };

  // The person reads somewhere in the middle.
  await table.cell(0, 2).click();
  for (let step = 0; step < 3; step++) await page.keyboard.press('PageDown');
  await table.settled();
  const before = await table.read('Time');

  const added = await centre.control<string[]>('add?count=12');
  expect(added).toHaveLength(12);
  await sync();
  const show = page.getByRole('button', { name: /^12 new – Show/ });
  await expect(show).toBeVisible({ timeout: 30_000 });
  expect(await table.read('Time'), 'the rows stay where they are').toEqual(before);
  expect(await list.total()).toBe(total);

  await page.keyboard.press('Alt+n');
  await expect.poll(() => list.total()).toBe(total + 12);
  await expect(show).toHaveCount(0);
  await expect(table.row(0)).toBeInViewport();

  // A row that is gone there is struck through until the list is made anew.
  await centre.control(`delete?name=${added[0] ?? ''}`);
  await sync();
  await expect(table.grid.getByText('No longer in Daktela.', { exact: false }).first()).toBeAttached({
    timeout: 30_000,
  });
  expect(await list.total()).toBe(total + 12);
  await list.search.click();
  await expect.poll(() => list.total()).toBe(total + 11);
});
