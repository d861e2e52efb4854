import { expect, test } from './fixtures';
import { List } from './list';

test('saved views: picked, changed, kept, found at the next start, and deleted', async ({ app, page }) => {
  await app.open(page);
  const list = new List(page);
  const today = await list.shown();
  const menu = page.getByRole('button', { name: /changed|Missed|interactions|Mine|Own filter/ }).first();
  const pick = async (name: string) => {
    await menu.click();
    await page.getByRole('menuitem', { name }).click();
  };

  await test.step('a built-in one', async () => {
    await pick('Missed – not contacted back');
    await expect(list.bar.locator('..')).toContainText(/Missed/);
    await expect.poll(() => list.total()).not.toBe(today);
    await list.shown();
  });

  let total = 0;
  await test.step('changed and saved under a name', async () => {
    total = await list.show('Everything stored');
    await expect(menu).toContainText('changed');
    await pick('Save as…');
    const dialog = page.getByRole('dialog', { name: 'Save view' });
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Mine');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(menu).toHaveText(/^Mine\s*$/);
  });

  await test.step('chosen as the start view', async () => {
    await page.evaluate(() => (location.hash = '#/settings/appearance'));
    const kept = page.waitForResponse((reply) => reply.url().endsWith('/call/Preferences.Set'));
    await page.getByLabel('Start view').selectOption({ label: 'Mine' });
    await kept;
    await app.restart();
    await app.open(page);
    await expect(menu).toHaveText(/^Mine\s*$/);
    expect(await list.shown()).toBe(total);
    await expect(list.picker('Time')).toContainText('Everything stored');
  });

  await test.step('deleted, which leaves Today to start with', async () => {
    await pick('Delete view');
    await expect(menu).toHaveText(/Own filter|All interactions/);
    await app.restart();
    await app.open(page);
    expect(await list.shown()).toBe(today);
    await expect(list.picker('Time')).toContainText('Today');
  });
});
