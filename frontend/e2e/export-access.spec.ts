import AxeBuilder from '@axe-core/playwright';
import { ExportDialog } from './exporting';
import { expect, test } from './fixtures';

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`E31 the Export dialog, ${colorScheme}`, () => {
    test.use({ colorScheme });
    test('has no faults of accessibility in any of its forms', async ({ app, page }) => {
      await app.open(page);
      const dialog = new ExportDialog(page);
      await dialog.open();
      const check = async (form: string) => {
        const { violations } = await new AxeBuilder({ page })
          .setLegacyMode() // the page has no frames, which a page of its own would be opened for
          .include('[role=dialog], dialog')
          .analyze();
        expect(violations.map((violation) => `${form}: ${violation.id}`)).toEqual([]);
      };
      await dialog.root.getByRole('combobox', { name: 'Columns' }).selectOption('Pick and order');
      await check('picked columns');
      await dialog.format('CSV .csv');
      await check('.csv');
      await dialog.format('Transcripts');
      await dialog.root.getByRole('button', { name: 'Save as template' }).click();
      await check('transcripts and the name of a template');
      await page.keyboard.press('Escape');
      await expect(dialog.template, 'Escape leaves the name, not the dialog').toBeVisible();
    });
  });
}
