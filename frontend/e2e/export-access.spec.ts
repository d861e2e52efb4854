import { check } from './axe';
import { ExportDialog } from './exporting';
import { expect, test } from './fixtures';

test('the Export dialog has no faults of accessibility in any of its forms', async ({ app, page }) => {
  await app.open(page);
  const dialog = new ExportDialog(page);
  await dialog.open();
  const form = (name: string) => check(page, name, '[role=dialog]');
  await dialog.root.getByRole('combobox', { name: 'Columns' }).selectOption('Pick and order');
  await form('picked columns');
  await dialog.format('CSV .csv');
  await form('.csv');
  await dialog.format('Transcripts');
  await dialog.root.getByRole('button', { name: 'Save as template' }).click();
  await form('transcripts and the name of a template');
  await page.keyboard.press('Escape');
  await expect(dialog.template, 'Escape leaves the name, not the dialog').toBeVisible();
});
