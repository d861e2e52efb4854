import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { ExportDialog } from './exporting';
import { expect, test } from './fixtures';
import { List } from './list';
import { command, filesBelow } from './program';
import { countRows } from './readers';
import { downloaded } from './setup';

const header =
  'Čas;Fronta;Uživatel;Kontakt;Kontakt WhatsApp / Externí kontakt;Název;Zodpovězeno;Doba čekání;Doba trvání;Poznámka';
const row = (day: number, wait = '0:05:12') =>
  `${day}.10.2025 09:05:07;Podpora CZ;Jana Nováková;Petr Dvořák;Petr;Reklamace;Ano;${wait};0:10:00;x`;

/** Drops a file on the page as a person does from a folder. */
async function drop(page: Page, file: string): Promise<void> {
  const bytes = (await readFile(file)).toString('base64');
  const data = await page.evaluateHandle(
    ([bytes, name]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([Uint8Array.from(atob(bytes!), (c) => c.charCodeAt(0))], name!));
      return transfer;
    },
    [bytes, path.basename(file)],
  );
  await page.dispatchEvent('body', 'dragover', { dataTransfer: data });
  await expect(page.getByText('Drop the exported file here to open it')).toBeVisible();
  await page.dispatchEvent('body', 'drop', { dataTransfer: data });
}

/** Picks a file with the button of the first screen. */
async function pick(page: Page, file: string): Promise<void> {
  await page.getByRole('button', { name: /^Open an exported file/ }).click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose a file…' }).click();
  await (await chooser).setFiles(file);
}

test.describe('an exported file on the first screen', () => {
  test.use({ args: [], stored: false });

  test('is opened by the button, with all of its rows, filters, details and export', async ({
    app,
    page,
  }) => {
    // The program's own export of the demo data, made on another computer.
    const other = path.join(app.home, 'other');
    await cp(downloaded(), path.join(other, 'data'), { recursive: true });
    const file = path.join(app.home, 'Týden 47.xlsx');
    const made = await command(other, [
      ...[
        '--demo',
        '--json',
        'export',
        '--out',
        file,
        '--time',
        'last7days',
        '--sheets',
        'summary,activities,messages',
      ],
    ]);
    const rows = (JSON.parse(made.out) as { rows: number }).rows;
    expect(rows).toBeGreaterThan(100);

    await app.open(page);
    await pick(page, file);
    const list = new List(page);
    expect(await list.shown(), 'every row, though none is of today').toBe(rows);
    await expect(list.picker('Time')).toContainText('Everything stored');

    // Filters, details with the chat, and the way out again as a file.
    await list.bar.getByRole('textbox', { name: 'Contact' }).fill('jelinkova');
    await list.search.click();
    await expect(list.search).toHaveText('Search');
    await expect.poll(() => list.total()).toBeLessThan(rows);
    const found = await list.shown();
    const dialog = new ExportDialog(page);
    await dialog.open();
    expect(await countRows(await dialog.save(app.home))).toBe(found + 1);
    await list.rows().first().dblclick();
    const detail = page.getByRole('complementary', { name: 'Interaction details' });
    await expect(detail.getByText('Chat transcript')).toBeVisible();

    // The copy on this computer can be anonymised like any other.
    await detail.getByRole('button', { name: 'Anonymise…' }).click();
    const erase = page.getByRole('alertdialog');
    await expect(erase.getByText('the opened file itself stays as it is')).toBeVisible();
    await erase.getByRole('checkbox', { name: /undone/ }).check();
    await erase.getByRole('button', { name: 'Anonymise interaction' }).click();
    await expect(erase).toBeHidden();
    await expect(detail.getByText('This interaction has been anonymised.')).toBeVisible();

    // After a restart it is still there, and nothing of the upload is left beside it.
    await app.restart();
    await app.open(page);
    expect(await list.shown()).toBe(rows);
    const left = await filesBelow(path.join(app.home, 'data'));
    expect(left.filter((name) => name.includes('.incoming') || name.endsWith('.xlsx'))).toEqual([]);
  });

  test('that is not one says why, and the next one opens', async ({ app, page }) => {
    const wrong = path.join(app.home, 'photo.xlsx');
    const right = path.join(app.home, 'right.csv');
    await writeFile(wrong, 'not a workbook at all');
    await writeFile(
      right,
      [header, row(6), row(7, 'soon'), row(8).replace('8.10.2025', 'someday')].join('\r\n'),
    );
    await app.open(page);
    await pick(page, wrong);
    await expect(page.getByText(/no known|headers|cannot|can’t/i).last()).toBeVisible();
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Choose a file…' }).click();
    await (await chooser).setFiles(right);
    await expect(page.getByText('2 interactions read')).toBeVisible();
    await expect(page.getByText('Columns left out: Poznámka')).toBeVisible();
    await expect(page.getByRole('row', { name: '3 a duration can’t be read' })).toBeVisible();
    await expect(page.getByRole('row', { name: '4 the time can’t be read' })).toBeVisible();
    await page.getByRole('button', { name: 'Show interactions' }).click();
    expect(await new List(page).shown()).toBe(2);
  });
});

test.describe('a file with rows of the hour that comes twice', () => {
  test.use({ args: [], stored: false });

  test('has both in that hour, in the text form and on the command line', async ({ app, page }) => {
    const file = path.join(app.home, 'night.csv');
    const at = (time: string, title: string) => `${time},Q,Eva,${title}`;
    await writeFile(
      file,
      [
        'Time,Queue,User,Title',
        at('2026-10-25 02:30:00 +0200', 'first'),
        at('2026-10-25 02:30:00 +0100', 'second'),
        at('2026-10-25 03:30:00 +0100', 'later'),
      ].join('\r\n'),
    );
    await app.open(page);
    await pick(page, file);
    await page.getByRole('button', { name: 'Show interactions' }).click();
    const list = new List(page);
    expect(await list.shown()).toBe(3);
    await page.getByRole('button', { name: 'Advanced filter' }).click();
    const sheet = page.getByRole('dialog', { name: 'Advanced filter' });
    await sheet
      .getByRole('textbox', { name: 'Text form' })
      .fill('time >= "2026-10-25 02:00" AND time < "2026-10-25 03:00"');
    await sheet.getByRole('button', { name: 'Apply' }).click();
    await expect.poll(() => list.total()).toBe(2);
    const run = await command(app.home, [
      'list',
      '--json',
      ...['--from', '2026-10-25 02:00', '--to', '2026-10-25 03:00'],
    ]);
    expect((JSON.parse(run.out) as { total: number }).total, run.err).toBe(2);
  });
});

const open = ['Time,Queue,User,Title', '01/02/2026 08:00,Q,Eva,a', '03/04/2026 08:00,Q,Eva,b'].join('\r\n');

test.describe('a file that leaves open which number is the day', () => {
  test.use({ args: [], stored: false });

  test('asks on the first screen, and the answer is what is read', async ({ app, page }) => {
    const file = path.join(app.home, 'list.csv');
    await writeFile(file, open);
    await app.open(page);
    await pick(page, file);
    await expect(page.getByText('Which number of the dates is the day?')).toBeVisible();
    const use = page.getByRole('button', { name: 'Open with this order' });
    await expect(use).toBeDisabled();
    await page.getByRole('radio', { name: /^Month, day, year/ }).check();
    await use.click();
    await expect(page.getByText('2 interactions read')).toBeVisible();
    await page.getByRole('button', { name: 'Show interactions' }).click();
    const list = new List(page);
    expect(await list.shown()).toBe(2);
    await expect(list.rows().first()).toContainText('4 Mar 2026');
  });

  test('asks where it is dropped, and Cancel leaves the page as it was', async ({ app, page }) => {
    const file = path.join(app.home, 'list.csv');
    await writeFile(file, open);
    await app.open(page);
    await drop(page, file);
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByText('Which number of the dates is the day?')).toBeVisible();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect(dialog).toBeHidden();
    await drop(page, file);
    await dialog.getByRole('radio', { name: /^Day, month, year/ }).check();
    await dialog.getByRole('button', { name: 'Open with this order' }).click();
    await expect(dialog.getByText('2 interactions read')).toBeVisible();
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await expect(new List(page).rows().first()).toContainText('3 Apr 2026');
  });
});

test.describe('an exported file dropped on the page', () => {
  test('is opened over the list, and the demo data are back when it is closed', async ({ app, page }) => {
    const file = path.join(app.home, 'October.csv');
    await writeFile(
      file,
      [header.replace(';Poznámka', ''), ...[1, 2, 3].map((day) => row(day).replace(/;x$/, ''))].join('\n'),
    );
    await app.open(page);
    const list = new List(page);
    const before = await list.shown();
    await drop(page, file);
    await expect(page).toHaveTitle(/October\.csv/);
    const told = page.getByRole('dialog', { name: 'Open an exported file' });
    await expect(told.getByText('Its times were read in Europe/Prague.')).toBeVisible();
    await told.getByRole('button', { name: 'Close' }).last().click();
    await expect.poll(() => list.total()).toBe(3);
    await page
      .getByRole('banner')
      .getByRole('button', { name: /file|Opened/i })
      .click();
    await page.getByRole('button', { name: /Close (the )?file/ }).click();
    await expect.poll(() => list.total()).toBe(before);
  });

  test('that cannot be read leaves what was open, and says why', async ({ app, page }) => {
    const file = path.join(app.home, 'list.csv');
    await writeFile(file, 'Name,Age\r\nJan,5\r\n');
    await app.open(page);
    const list = new List(page);
    const before = await list.shown();
    await drop(page, file);
    const dialog = page.getByRole('dialog', { name: 'The file was not opened' });
    await expect(dialog).toBeVisible();
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    expect(await list.shown()).toBe(before);
    await page.reload();
    expect(await list.shown()).toBe(before);
  });
});
