import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ExportDialog } from './exporting';
import { expect, test, type App } from './fixtures';
import { List } from './list';
import { filesBelow } from './program';
import { countRows, readWorkbook } from './readers';

/** Where a browser's exports are written before it takes them. */
const drafts = (app: App) => path.join(app.home, 'data/demo/exports/tmp');

/**
 * Puts files of these names, and no others, in the way of the next export. Its number is not known:
 * searches are numbered with exports.
 */
async function inTheWay(app: App, names: string[], mode = 0o600): Promise<void> {
  await rm(drafts(app), { recursive: true, force: true });
  for (let number = 1; names.length > 0 && number <= 100; number++) {
    const folder = path.join(drafts(app), String(number));
    await mkdir(folder, { recursive: true });
    for (const name of names) await writeFile(path.join(folder, name), 'in the way', { mode });
  }
}

/** The cells of a .csv file, as a reader of RFC 4180 finds them. */
function csvCells(text: string): string[] {
  const cells: string[] = [];
  for (const [, quoted, plain] of text
    .replace(/^\uFEFF/, '')
    .matchAll(/(?:^|,|\r\n)(?:"((?:[^"]|"")*)"|([^,"\r\n]*))/g))
    cells.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
  return cells;
}

test.describe('text that looks like a formula', () => {
  const live = /^[=+\-@\t\r\0]/;

  test('E24 is text in both formats, and never a formula', async ({ app, page }) => {
    await app.open(page);
    await new List(page).show('Everything stored');
    const dialog = new ExportDialog(page);

    await dialog.open();
    await dialog.format('CSV .csv');
    const csv = await readFile(await dialog.save(app.home), 'utf8');
    const cells = csvCells(csv);
    expect(cells.filter((cell) => live.test(cell))).toEqual([]);
    const inert = cells.filter((cell) => /^'[=+\-@]/.test(cell));
    expect(inert.length, 'the demo data hold such texts').toBeGreaterThan(3);

    await dialog.open();
    await dialog.format('Excel .xlsx');
    const book = await readWorkbook(await dialog.save(app.home), 100_000);
    const all = book['Interactions']!.body.flat();
    expect(all.filter((cell) => cell.t === 'f')).toEqual([]);
    const texts = all.filter((cell) => typeof cell.v === 'string' && live.test(cell.v));
    // The texts as they are, in cells of the format Text.
    expect(texts.filter((cell) => cell.t !== 's' || cell.f !== '@')).toEqual([]);
    expect(texts.length, 'as many as in the .csv').toBe(inert.length);
  });

  test('stays as it is in a .csv of raw values, after a warning', async ({ app, page }) => {
    await app.open(page);
    await new List(page).show('Everything stored');
    const dialog = new ExportDialog(page);
    await dialog.open();
    await dialog.format('CSV .csv');
    await dialog.root.getByRole('checkbox', { name: /^Raw text/i }).check();
    await expect(dialog.root.getByText(/may run as a formula/)).toBeVisible();
    const csv = await readFile(await dialog.save(app.home), 'utf8');
    expect(csv).toMatch(/[;,"][=@]/);
    expect(csv).not.toMatch(/[;,"]'[=@]/);
  });
});

test.describe('an export that does not come to its end', () => {
  test('E25 leaves no file when it is cancelled, and the next one is whole', async ({ app, page }) => {
    await app.open(page);
    await new List(page).show('Everything stored');
    const dialog = new ExportDialog(page);
    await dialog.open();
    await dialog.root.getByRole('checkbox', { name: 'Activities' }).check();
    await dialog.root.getByRole('checkbox', { name: /^Messages/ }).check();
    await expect(dialog.go).toBeEnabled();
    await dialog.go.click();
    await expect(dialog.root.getByRole('progressbar')).toBeVisible();
    await dialog.root.getByRole('button', { name: 'Cancel' }).click();
    await expect(dialog.root.getByText(/^Export cancelled/)).toBeVisible();
    expect(await filesBelow(drafts(app))).toEqual([]);

    await dialog.root.getByRole('button', { name: 'Try again' }).click();
    const rows = await dialog.rows();
    expect(await countRows(await dialog.save(app.home))).toBe(rows + 1);
  });

  test('goes on behind a closed dialog, with its progress in the status bar', async ({ app, page }) => {
    await app.open(page);
    await new List(page).show('Everything stored');
    const dialog = new ExportDialog(page);
    await dialog.open();
    await dialog.root.getByRole('checkbox', { name: /^Messages/ }).check();
    await expect(dialog.go).toBeEnabled();
    const download = page.waitForEvent('download');
    await dialog.go.click();
    await dialog.root.getByRole('button', { name: 'Close' }).last().click();
    const bar = page.getByRole('contentinfo');
    await expect(bar.getByText(/interactions? saved$/)).toBeVisible({ timeout: 60_000 });
    expect((await download).suggestedFilename()).toMatch(/\.xlsx$/);
    await bar.getByRole('button', { name: 'Dismiss' }).click();
    await expect(bar.getByText(/saved$/)).toHaveCount(0);
  });

  test('E25 names what is in the way, and saves elsewhere', async ({ app, page }) => {
    await app.open(page);
    await new List(page).show('Last 7 days');
    const dialog = new ExportDialog(page);
    await dialog.open();
    const name = (await dialog.root.locator('footer .mono, .mono').first().textContent())!.trim();
    expect(name).toMatch(/^whatsapp_.+\.xlsx$/);
    await inTheWay(app, [name, `.~lock.${name}#`]); // as LibreOffice marks a document that is open
    await dialog.go.click();
    await expect(
      dialog.root.getByText('The file is open in another program. Close it or save elsewhere.'),
    ).toBeVisible();
    await inTheWay(app, [name], 0o400);
    await dialog.root.getByRole('button', { name: 'Save elsewhere' }).click();
    await expect(dialog.root.getByText(/write here|permission/i)).toBeVisible();
    for (const file of await filesBelow(drafts(app)))
      expect(await readFile(file, 'utf8'), file).toBe('in the way');

    await inTheWay(app, []);
    const download = page.waitForEvent('download');
    await dialog.root.getByRole('button', { name: 'Save elsewhere' }).click();
    const file = path.join(app.home, 'saved.xlsx');
    await (await download).saveAs(file);
    await expect(dialog.root.getByText(/interactions? saved$/)).toBeVisible();
    expect(await countRows(file)).toBeGreaterThan(1);
  });
});
