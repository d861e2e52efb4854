import { expect, test } from './fixtures';
import { ExportDialog } from './exporting';
import { List } from './list';
import { command } from './program';
import { readWorkbook } from './readers';
import { Table } from './table';

interface Listed {
  rows: { name: string; answered: boolean | null; missed: string | null; missed_time: string | null }[];
}

const number = (text: string | null) => Number(/[\d,]+/.exec(text ?? '')?.[0].replace(',', ''));

test('unanswered and missed are two numbers on every screen and in an exported file', async ({
  app,
  page,
}) => {
  // The rows themselves, by the command line, are what every number is held against.
  let out = '';
  await app.restart(async () => {
    const asked = ['--demo', '--json', 'list', '--time', 'last7days', '--limit', '5000'];
    out = (await command(app.home, asked)).out;
  });
  const { rows } = JSON.parse(out) as Listed;
  const unanswered = rows.filter((row) => row.answered === false);
  const missed = rows.filter((row) => row.missed || row.missed_time);
  const apart = unanswered.filter((row) => !row.missed && !row.missed_time);
  expect(missed.length).not.toBe(unanswered.length);
  expect(apart.length).toBeGreaterThan(0);

  await app.open(page);
  const list = new List(page);
  await list.show('Last 7 days');
  // The strip.
  const strip = page.getByRole('main').locator('dl').first();
  const figure = (name: string) =>
    strip.getByText(name, { exact: true }).locator('xpath=following-sibling::dd').innerText();
  expect(number(await figure('Unanswered'))).toBe(unanswered.length);
  expect(number(await figure('Missed'))).toBe(missed.length);
  expect(await strip.getByText('Missed', { exact: true }).locator('..').getAttribute('title')).toMatch(
    /^The column Missed says something: waiting \(1\), contacted back \(NO\) or cleared \(0\)/,
  );
  // The days above the list count as the column does.
  const days = await page
    .getByRole('group', { name: 'Interactions by day' })
    .getByRole('button')
    .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? ''));
  expect(days.map((day) => Number(/(\d+) missed$/.exec(day)?.[1] ?? 0)).reduce((a, b) => a + b)).toBe(
    missed.length,
  );

  // The cards of the overview.
  await page.getByRole('link', { name: 'Overview' }).click();
  const card = page.getByRole('region', { name: 'Answered / Unanswered' });
  expect(
    number(
      await card
        .getByRole('button', { name: /unanswered/ })
        .innerText()
        .then((text) => text.split('%')[1] ?? ''),
    ),
  ).toBe(unanswered.length);
  await expect(card.getByRole('button', { name: `${missed.length} missed` })).toBeVisible();
  // Each leads to as many rows as it says.
  await card.getByRole('button', { name: `${missed.length} missed` }).click();
  await page.getByRole('button', { name: 'Open in list' }).click();
  await list.shown();
  await expect.poll(() => list.total()).toBe(missed.length);
  const chips = page.getByRole('list', { name: 'Further conditions' });
  await chips.getByRole('button', { name: /^Remove/ }).click();
  await expect.poll(() => list.total()).toBe(rows.length);
  await strip.getByRole('button', { name: /^Unanswered/ }).click();
  await expect.poll(() => list.total()).toBe(unanswered.length);
  await new Table(page).settled();
  expect(new Set(await new Table(page).column('Answered'))).toEqual(new Set(['No']));

  // The details of one that nobody answered and that is not among the missed ones.
  await page.evaluate((name) => (location.hash = `#/interactions/${name}/wap`), apart[0]!.name);
  const details = page.getByRole('complementary', { name: 'Interaction details' });
  const head = details.locator('header').first();
  await expect(head.getByText('Unanswered')).toBeVisible();
  await expect(head.getByText(/Missed/)).toHaveCount(0);
  await details.getByRole('button', { name: 'Close' }).click();

  // The file: its rows, and the figures of its Summary.
  await list.clear.click();
  await list.show('Last 7 days');
  await expect.poll(() => list.total()).toBe(rows.length);
  const dialog = new ExportDialog(page);
  await dialog.open();
  await dialog.root.getByRole('checkbox', { name: /^Summary/ }).check();
  const book = await readWorkbook(await dialog.save(app.home), 5000);
  const head14 = book['Interactions']!.head.map((cell) => cell.v);
  const column = (name: string) =>
    book['Interactions']!.body.map((row) => row[head14.indexOf(name)]?.v ?? null);
  expect(column('Answered').filter((value) => value === 'No')).toHaveLength(unanswered.length);
  expect(column('Missed').filter((value) => value !== null && value !== '')).toHaveLength(missed.length);
  const summary = book['Summary']!;
  const titles = summary.head.map((cell) => cell.v);
  const sumOf = (title: string) => {
    let sum = 0;
    for (const row of summary.body) {
      if (typeof row[titles.indexOf(title)]?.v !== 'number') break; // the first of its tables
      sum += Number(row[titles.indexOf(title)]?.v);
    }
    return sum;
  };
  expect(sumOf('Unanswered')).toBe(unanswered.length);
  expect(sumOf('Missed')).toBe(missed.length);
});
