import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { List } from './list';
import { openInLibreOffice, readWorkbook } from './readers';

/** Chooses, exports, and returns where the browser put the file. */
async function save(
  page: Page,
  folder: string,
  choose: (dialog: ReturnType<Page['getByRole']>) => Promise<void>,
) {
  await page.getByRole('main').getByRole('button', { name: 'Export', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await choose(dialog);
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: /^Export [\d,]+ rows$/ }).click();
  const file = path.join(folder, (await download).suggestedFilename());
  await (await download).saveAs(file);
  await expect(dialog.getByText(/interactions saved$/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  return file;
}

const headers = [
  'Time (Europe/Prague)',
  'Queue',
  'User',
  'Contact',
  'WhatsApp contact / External contact',
  'Title',
  'Answered',
  'Wait time',
  'Duration',
  'Ended / Disconnection',
  'Connector',
  'Missed',
  'Missed time',
  'Direction',
];

test.describe('export', () => {
  test('E23 a workbook opens elsewhere with types, frozen header, filter and About', async ({
    app,
    page,
  }) => {
    await app.open(page);
    const list = new List(page);
    const total = await list.show('Last 7 days');
    const file = await save(page, app.home, async (dialog) => {
      await dialog.getByRole('checkbox', { name: /^Activities/ }).check();
    });
    expect(path.basename(file)).toMatch(/^whatsapp_.+\.xlsx$/);

    const book = await readWorkbook(file);
    expect(Object.keys(book)).toEqual(['Interactions', 'Activities', 'About']);
    const sheet = book['Interactions']!;
    expect(sheet.rows).toBe(total + 1);
    // Beside the sheet of activities the unique name is there to tell what belongs together.
    expect(sheet.head.map((cell) => cell.v)).toEqual([...headers, 'Unique name']);
    expect(sheet.head.every((cell) => cell.bold)).toBe(true);
    expect(sheet.frozen).toBe('A2');
    expect(sheet.filter).toBe(`A1:O${total + 1}`);
    for (const row of sheet.body) {
      expect(row[0]!.t, 'a time is a date').toBe('d');
      for (const cell of [row[7]!, row[8]!]) {
        if (cell.v === null) continue;
        expect(cell.t, 'a duration is a number of days').toBe('td');
        expect(cell.f).toBe('[h]:mm:ss');
      }
      expect(row.every((cell) => cell.t !== 'f')).toBe(true);
    }
    const about = JSON.stringify(book['About']);
    expect(about).toContain('Europe/Prague');
    expect(about).toContain(String(total));

    const lines = await openInLibreOffice(file);
    expect(lines).toHaveLength(total + 1);
  });

  test('E23 a Czech .csv has semicolons, Czech dates and the mark of UTF-8 @windows', async ({
    app,
    page,
  }) => {
    await app.open(page);
    const list = new List(page);
    const total = await list.shown();
    const file = await save(page, app.home, async (dialog) => {
      await dialog.getByText('CSV .csv').click();
      await dialog.getByRole('combobox', { name: 'Language of headers and values' }).selectOption('Čeština');
      await dialog.getByRole('combobox', { name: 'Region' }).selectOption({ index: 0 });
    });
    const bytes = await readFile(file);
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const lines = bytes.subarray(3).toString('utf8').split('\r\n');
    expect(lines.at(-1), 'the file ends with a line end').toBe('');
    expect(lines).toHaveLength(total + 2);
    expect(lines[0]!.split(';')).toHaveLength(headers.length);
    expect(lines[0]).toMatch(/^Čas \(Europe\/Prague\);Fronta;Uživatel;Kontakt;/);
    expect(lines[1]).toMatch(/^19\. ?11\. ?2026 \d{1,2}:\d{2}:\d{2};/);
  });
});
