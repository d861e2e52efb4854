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

test('a picker lets Tab go on, and Enter on a chosen value searches', async ({ app, page }) => {
  await app.open(page);
  const list = new List(page);
  const total = await list.show('Last 7 days');
  await list.picker('User').click();
  await expect(page.getByRole('combobox', { name: 'Find: User' }), 'first of all').toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('radio', { name: 'Handled' })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(list.picker('Queue'), 'no trap').toBeFocused();
  await expect(page.getByRole('listbox')).toHaveCount(0);

  await page.keyboard.press('Enter');
  await expect(page.getByRole('option').first()).toBeVisible();
  await page.keyboard.press('Shift+Tab');
  await expect(list.picker('Queue'), 'back to where it came from').toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('option').first()).toBeVisible();
  await page.keyboard.press('Enter'); // chooses
  await expect(page.getByRole('option', { selected: true })).toHaveCount(1);
  await page.keyboard.press('Enter'); // chosen: goes to Search
  await expect(page.getByRole('listbox')).toHaveCount(0);
  await expect.poll(() => list.total()).toBeLessThan(total);
});

test('F6 goes from the grid to the details and their chat, which the keys scroll', async ({ app, page }) => {
  await app.open(page, `#/interactions?q=${encodeURIComponent('time:last30days AND messages > 10')}`);
  const list = new List(page);
  await list.shown();
  await list.rows().first().getByRole('rowheader').click();
  await page.keyboard.press('Enter');
  const pane = page.getByRole('complementary', { name: 'Interaction details' });
  const chat = pane.getByRole('log');
  await chat.waitFor();
  await list.grid.locator('[tabindex="0"]').first().focus();
  await page.keyboard.press('F6');
  await expect(pane.locator(':focus')).toHaveCount(1);
  await page.keyboard.press('F6');
  await expect(chat).toBeFocused();

  const body = pane.locator('.body');
  const top = () => body.evaluate((one) => one.scrollTop);
  await body.evaluate((one) => one.scrollTo(0, 0));
  for (const key of ['PageDown', 'Space', 'ArrowDown']) {
    const before = await top();
    await page.keyboard.press(key);
    await expect.poll(top, { message: `${key} scrolls` }).toBeGreaterThan(before);
  }
  await page.keyboard.press('F6');
  await expect(chat, 'and goes on').not.toBeFocused();
});

test('a dialog begins at its first field and keeps its place, and an empty month offers no week', async ({
  app,
  page,
}) => {
  await app.open(page);
  const list = new List(page);
  await list.shown();
  await page.getByRole('main').getByRole('button', { name: 'Export', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await expect(dialog.getByRole('button', { name: 'Close' })).not.toBeFocused();
  await expect(dialog.locator('.body :focus')).toHaveCount(1);
  await dialog.getByRole('table').waitFor();
  const place = await dialog.boundingBox();
  for (const [format, shown] of [
    ['CSV .csv', 'table'],
    ['Transcripts', 'group'],
    ['Excel .xlsx', 'table'],
  ] as const) {
    await dialog.getByText(format).click();
    await expect(dialog.getByRole('radio', { name: format })).toBeChecked();
    await dialog.getByRole(shown).last().waitFor();
    expect(await dialog.boundingBox(), format).toEqual(place);
  }
  await page.keyboard.press('Escape');
  await page.keyboard.press('F1');
  const help = page.getByRole('dialog', { name: 'Help' });
  await help.getByRole('heading', { name: 'Keyboard shortcuts' }).waitFor();
  await expect(help.getByRole('searchbox', { name: 'Find in help' })).toBeFocused();
  await page.keyboard.press('PageDown');
  const text = help.getByRole('region', { name: 'Help' });
  await expect.poll(() => text.evaluate((box) => box.scrollTop), 'keys scroll the text').toBeGreaterThan(0);
  await help.getByRole('button', { name: 'What anonymising does' }).press('Enter');
  await expect(help.getByRole('heading', { name: 'What anonymising does' })).toBeInViewport();
  await page.keyboard.press('Escape');

  await list.sender.fill('nobody at all');
  await list.search.click();
  await expect(page.getByRole('button', { name: 'Clear filter' })).toBeVisible();
  await expect(page.getByRole('main').getByRole('button', { name: 'Last 7 days' })).toBeVisible();
  await list.preset('Last 30 days');
  await list.search.click();
  await expect(page.getByRole('main').getByRole('button', { name: 'Last 7 days' })).toHaveCount(0);
});
