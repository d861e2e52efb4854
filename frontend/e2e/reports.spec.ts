import { stat } from 'node:fs/promises';
import path from 'node:path';
import { violationsOf } from './axe';
import { expect, test } from './fixtures';
import { List } from './list';

test('E47 a weekly report with its comparison takes four actions, and is made again with one', async ({
  app,
  page,
}) => {
  await app.open(page);
  await new List(page).shown();
  const main = page.getByRole('main', { name: 'Reports' });
  await test.step('four actions', async () => {
    await page.keyboard.press('Alt+3');
    await expect(main).toContainText('No report yet.');
    await main.getByRole('button', { name: 'New report' }).click();
    const editor = page.getByRole('dialog', { name: 'New report' });
    await expect(editor.getByRole('region', { name: 'Cover' })).toContainText('Compared with');
    await page.keyboard.insertText('Weekly');
    await page.keyboard.press('Enter');
    const made = page.waitForEvent('download');
    await main.getByRole('button', { name: 'Make now' }).click();
    expect((await made).suggestedFilename()).toBe('Weekly 2026-11-09_2026-11-15.xlsx');
  });
  await test.step('planned, in a folder, with what it lacks said', async () => {
    await main.getByRole('button', { name: 'More about Weekly' }).click();
    await page.getByRole('menuitem', { name: 'Edit…' }).click();
    const editor = page.getByRole('dialog', { name: 'Edit the report' });
    await editor.getByLabel('Mon', { exact: true }).check();
    expect(await violationsOf(page, '[role=dialog]')).toEqual([]);
    await editor.getByRole('button', { name: 'Save' }).click();
    await expect(editor).toContainText('needs days, a time and a folder');
    const folder = path.join(app.home, 'reports');
    await editor.getByLabel('Folder').fill(folder);
    await editor.getByLabel('.pdf').check();
    await editor.getByRole('button', { name: 'Save' }).click();
    await expect(main.getByRole('row', { name: /^Weekly/ })).toContainText('23 Nov 2026, 07:30');
    await main.getByRole('button', { name: 'Make now' }).click();
    await expect(main.getByRole('row', { name: /^Weekly/ })).toContainText(
      'Weekly 2026-11-09_2026-11-15.pdf',
    );
    expect((await stat(path.join(folder, 'Weekly 2026-11-09_2026-11-15.xlsx'))).size).toBeGreaterThan(5000);
  });
  await test.step('the page is accessible, and a report is deleted', async () => {
    expect(await violationsOf(page)).toEqual([]);
    await main.getByRole('button', { name: 'More about Weekly' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await expect(main).toContainText('No report yet.');
  });
});
