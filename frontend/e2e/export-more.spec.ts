import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { ExportDialog } from './exporting';
import { expect, test } from './fixtures';
import { List } from './list';
import { command } from './program';
import { Table } from './table';

const run = promisify(execFile);

test('templates are saved, chosen, used on the command line, and deleted', async ({ app, page }) => {
  await app.open(page);
  await new List(page).show('Last 7 days');
  const dialog = new ExportDialog(page);
  await dialog.open();
  await expect(dialog.template).toBeDisabled();
  await dialog.format('CSV .csv');
  await dialog.root.getByRole('combobox', { name: 'Columns' }).selectOption('Pick and order');
  for (const column of ['Queue', 'User', 'Contact', 'Title']) {
    await dialog.root.getByRole('checkbox', { name: column, exact: true }).uncheck();
  }
  await dialog.root.getByRole('button', { name: 'Save as template' }).click();
  await dialog.root.getByRole('textbox', { name: 'Name of the template' }).fill('Týdenní');
  await page.keyboard.press('Enter');
  await expect(dialog.template).toHaveValue('Týdenní');

  await dialog.format('Excel .xlsx');
  await expect(dialog.template, 'the choice is another now').toHaveValue('');
  await dialog.template.selectOption('Týdenní');
  await expect(dialog.root.getByRole('radio', { name: 'CSV .csv' })).toBeChecked();
  await expect(dialog.root.getByRole('checkbox', { name: 'Queue', exact: true })).not.toBeChecked();
  const header = (await readFile(await dialog.save(app.home), 'utf8')).split('\r\n')[0]!;
  expect(header.split(/[;,]/)).toHaveLength(10);

  await app.restart(async () => {
    const file = path.join(app.home, 'by-template.csv');
    const made = await command(app.home, [
      '--demo',
      'export',
      '--template',
      'týdenní',
      '--time',
      'last7days',
      '--out',
      file,
    ]);
    expect(made.err + made.code).toBe('0');
    expect((await readFile(file, 'utf8')).split('\r\n')[0]).toBe(header);
  });
  await app.open(page);
  await new List(page).shown();
  await dialog.open();
  await dialog.template.selectOption('Týdenní');
  await dialog.root.getByRole('button', { name: 'Delete template' }).click();
  await expect(dialog.template).toBeDisabled();
  await expect(dialog.root.getByRole('radio', { name: 'CSV .csv' }), 'the choice itself stays').toBeChecked();
});

test('conversations of the selected rows are exported as PDF, text and JSON Lines', async ({ app, page }) => {
  await app.open(page);
  const total = await new List(page).show('Last 7 days');
  const table = new Table(page);
  for (const at of [0, 2, 4]) await table.row(at).getByRole('checkbox').click();
  const bar = page.getByRole('toolbar', { name: 'Selected interactions' });
  const dialog = new ExportDialog(page);
  const texts: Record<string, string> = {};
  for (const [format, title] of Object.entries({
    pdf: 'PDF to read and print',
    txt: 'Plain text',
    jsonl: 'JSON Lines for programs',
  })) {
    await bar.getByRole('button', { name: 'Export' }).click();
    await dialog.format('Transcripts');
    await dialog.root.getByRole('combobox', { name: 'File with the conversations' }).selectOption(title);
    await expect(dialog.root.getByRole('group', { name: 'Preview' })).toContainText('wap_');
    await expect(dialog.go).toHaveText('Export 3 conversations');
    const file = await dialog.save(app.home);
    expect(file).toMatch(new RegExp(`\\.${format}$`));
    texts[format] =
      format === 'pdf'
        ? (await run('pdftotext', ['-layout', file, '-'])).stdout
        : await readFile(file, 'utf8');
  }
  const names = new Set(
    texts['jsonl']!.trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { interaction: string }).interaction),
  );
  expect(names.size).toBeLessThanOrEqual(3);
  for (const name of names) {
    expect(texts['txt']).toContain(name);
    expect(texts['pdf']).toContain(name);
  }
  // Far more than a PDF takes are refused before anything is written; text takes them all.
  await bar.getByRole('button', { name: 'Clear' }).click();
  await new List(page).show('Everything stored');
  await page.getByRole('main').getByRole('button', { name: 'Export', exact: true }).click();
  await dialog.format('Transcripts');
  await dialog.root
    .getByRole('combobox', { name: 'File with the conversations' })
    .selectOption('PDF to read and print');
  await expect(dialog.root.getByText(/A PDF holds at most 1,000 conversations/)).toBeVisible();
  await expect(dialog.go).toBeDisabled();
  await dialog.root.getByRole('combobox', { name: 'File with the conversations' }).selectOption('Plain text');
  await expect(dialog.go).toBeEnabled();
  expect(await dialog.rows()).toBeGreaterThan(total);
});

test('every export is in the log of Settings, with its filter and rows', async ({ app, page }) => {
  await app.open(page);
  const list = new List(page);
  await list.show('Last 7 days');
  const dialog = new ExportDialog(page);
  await dialog.open();
  const rows = await dialog.rows();
  const file = path.basename(await dialog.save(app.home));
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('link', { name: 'Data and privacy' }).click();
  const entry = page.getByRole('row').filter({ hasText: file });
  await expect(entry).toContainText(rows.toLocaleString('en-GB'));
  await expect(entry).not.toContainText('exports');
});
