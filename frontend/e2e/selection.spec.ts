import { ExportDialog } from './exporting';
import { expect, test } from './fixtures';
import { List } from './list';
import { readWorkbook } from './readers';
import { Table } from './table';

test('E10 all that match minus two is what is exported @windows', async ({ app, page }) => {
  await app.open(page);
  const list = new List(page);
  const table = new Table(page);
  const total = await list.show('Last 7 days');
  const bar = page.getByRole('toolbar', { name: 'Selected interactions' });
  await expect(bar).toHaveCount(0);
  await table.grid.getByRole('checkbox', { name: 'Select all that match' }).click();
  await expect(bar).toContainText(`All ${total.toLocaleString('en-GB')} matching are selected`);

  await table.row(1).getByRole('checkbox').click();
  await table.row(3).getByRole('checkbox').click();
  const left = (total - 2).toLocaleString('en-GB');
  await expect(bar).toContainText(`${left} selected`);
  await expect(table.row(1)).toHaveAttribute('aria-selected', 'false');
  await expect(table.row(2)).toHaveAttribute('aria-selected', 'true');

  // A change of the order keeps it; the two rows have only moved.
  await table.sort('Time');
  await expect(bar).toContainText(`${left} selected`);
  await table.sort('Time');
  await expect(table.row(3)).toHaveAttribute('aria-selected', 'false');

  await bar.getByRole('button', { name: 'Export' }).click();
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await expect(dialog.getByRole('radio', { name: /^Selected/ })).toBeChecked();
  await expect(dialog.getByRole('button', { name: `Export ${left} rows` })).toBeVisible();
  await expect(dialog).toContainText(`5 of ${left} rows`);
  await dialog.getByRole('radio', { name: /^All matching/ }).check();
  await expect(
    dialog.getByRole('button', { name: `Export ${total.toLocaleString('en-GB')} rows` }),
  ).toBeVisible();
  await dialog.getByRole('radio', { name: /^Selected/ }).check();
  const book = await readWorkbook(await new ExportDialog(page).save(app.home));
  expect(book['Interactions']!.rows, 'a header and what was left').toBe(total - 2 + 1);

  await list.search.click();
  await expect(bar, 'a new search begins without a selection').toHaveCount(0);
});

test('rows are selected by keys, alone and in ranges', async ({ app, page }) => {
  await app.open(page);
  const list = new List(page);
  const table = new Table(page);
  const total = await list.shown();
  const bar = page.getByRole('toolbar', { name: 'Selected interactions' });
  await table.cell(2, 3).click();
  await page.keyboard.press('Space');
  await expect(bar).toContainText('1 selected');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(bar).toContainText('3 selected');
  await table.cell(8, 3).click({ modifiers: ['Control'] });
  await expect(bar).toContainText('4 selected');
  await table.cell(10, 3).click({ modifiers: ['Shift'] });
  await expect(bar).toContainText('6 selected');
  await page.keyboard.press('Control+a');
  await expect(bar).toContainText(`All ${total} matching are selected`);
  await bar.getByRole('button', { name: 'Clear' }).click();
  await expect(bar).toHaveCount(0);
});

test('selected interactions are paired with one contact, and the change waits for each', async ({
  app,
  page,
}) => {
  await app.open(page);
  const list = new List(page);
  const table = new Table(page);
  const all = await list.shown();
  // Closed and answered, so that there is an activity to pair.
  await page.keyboard.press('Control+Shift+F');
  const sheet = page.getByRole('dialog', { name: 'Advanced filter' });
  await sheet
    .getByRole('textbox', { name: /^Text form/ })
    .fill('contact = empty activities = 1 -state:anonymised');
  await sheet.getByRole('button', { name: 'Apply' }).click();
  await expect(sheet).toHaveCount(0);
  await expect.poll(() => list.total()).toBeLessThan(all);
  const before = await list.shown();
  expect(before).toBeGreaterThan(1);

  const bar = page.getByRole('toolbar', { name: 'Selected interactions' });
  await table.row(0).getByRole('checkbox').click();
  await table.row(1).getByRole('checkbox').click();
  await bar.getByRole('button', { name: 'Pair…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Pair 2 interactions with a contact' });
  await dialog.getByRole('combobox', { name: 'Name, number or e-mail' }).fill('a');
  await dialog.getByRole('option').first().click();
  await dialog.getByRole('button', { name: 'Pair', exact: true }).click();
  await expect(dialog).toHaveCount(0);
  await expect.poll(() => list.total(), 'they have a contact now').toBe(before - 2);
});
