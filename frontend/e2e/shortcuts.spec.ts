import { expect, test } from './fixtures';
import { List } from './list';

test.use({ viewport: { width: 1100, height: 900 } });

test('shortcuts are put on other keys, which are kept; keys in use are refused', async ({ app, page }) => {
  await app.open(page, '#/settings/shortcuts');
  const main = page.getByRole('main', { name: 'Shortcuts' });
  const row = (name: string) => main.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) });
  const change = main.getByRole('button', { name: 'Change: Export' });
  const dialog = page.getByRole('dialog', { name: 'Export' });

  await expect(row('Export')).toContainText('Ctrl+E');
  await change.click();
  await expect(row('Export')).toContainText('Press the new keys');
  for (const [keys, why] of [
    ['Control+k', 'Ctrl+K is already used for: Quick field'],
    ['Control+c', 'Ctrl+C has a fixed use'],
    ['Control+Alt+e', 'Ctrl+Alt+E types characters on some keyboards'],
    ['b', 'B alone would act while typing'],
  ] as const) {
    await page.keyboard.press(keys);
    await expect(main.getByRole('alert')).toContainText(why);
  }
  await page.keyboard.press('Escape');
  await expect(row('Export')).toContainText('Ctrl+E');
  await change.press('Enter');
  await page.keyboard.press('Control+b');
  await expect(row('Export')).toContainText('Ctrl+B');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await main.getByRole('button', { name: 'Change: Next interaction' }).click();
  await page.keyboard.press('d'); // a letter will do for what only the list and the details hear
  await expect(row('Next interaction')).toContainText('D');

  await app.restart();
  await app.open(page);
  const list = new List(page);
  await list.shown();
  await page.keyboard.press('F1');
  await expect(page.getByRole('dialog', { name: 'Help' })).toContainText(/Ctrl\+B\s*Export/);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+e');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('Control+b');
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);

  const current = () =>
    list.grid.locator('[role=row][aria-rowindex]:has(:focus)').getAttribute('aria-rowindex');
  await list.grid.getByRole('rowheader').first().click();
  expect(await current()).toBe('2');
  await page.keyboard.press('j');
  expect(await current()).toBe('2');
  await page.keyboard.press('d');
  await expect.poll(current).toBe('3');

  await page.keyboard.press('Alt+5');
  await page.getByRole('link', { name: 'Shortcuts' }).click();
  await main.getByRole('button', { name: 'Use the usual keys: Export' }).click();
  await expect(row('Export')).toContainText('Ctrl+E');
  await expect(change).toBeFocused();
  await page.keyboard.press('Control+e');
  await expect(dialog).toBeVisible();
});
