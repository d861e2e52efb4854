import { expect, test } from './fixtures';
import { List } from './list';
import { isBlank, seconds, Table } from './table';

// Tall enough for all rows of the day, so that whole columns can be read.
test.use({ alone: false, viewport: { width: 1720, height: 3700 } });

const czech = new Intl.Collator('cs');
const text = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const durations = (a: string, b: string) => seconds(a) - seconds(b);

/** Columns whose text tells their order. */
const orders: Record<string, (a: string, b: string) => number> = {
  Time: text,
  Queue: czech.compare,
  User: czech.compare,
  Contact: czech.compare,
  'WhatsApp contact': czech.compare,
  Title: czech.compare,
  'Wait time': durations,
  Duration: durations,
  Connector: czech.compare,
  'Missed time': text,
};
/** Columns of a few values: equal ones stand together. */
const groups = ['Answered', 'Ended', 'Missed', 'Direction'];

/** Without a name a WhatsApp account shows its number, and sorts as what it is: nameless. */
const nameless = (title: string, value: string) =>
  isBlank(value) || (title === 'WhatsApp contact' && /^\d+$/.test(value));

/** The values in their order, each once; fails when one comes back after another. */
function runs(values: string[]): string[] {
  const found = values.filter((value, at) => value !== values[at - 1]);
  expect(new Set(found).size, `each value once: ${found.join(', ')}`).toBe(found.length);
  return found;
}

test('E07 every column sorts both ways with blanks last', async ({ app, page }) => {
  await app.open(page);
  const table = new Table(page);
  const total = await new List(page).shown();
  await table.settled();
  expect((await table.column('Time')).length, 'all rows are drawn').toBe(total);

  for (const [title, order] of Object.entries(orders)) {
    await test.step(title, async () => {
      for (const [direction, sign] of [
        ['ascending', 1],
        ['descending', -1],
      ] as const) {
        await table.sort(title);
        await expect(table.header(title)).toHaveAttribute('aria-sort', direction);
        const values = await table.column(title);
        expect(values).toHaveLength(total);
        const given = values.filter((value) => !nameless(title, value));
        const rest = values.slice(given.length);
        expect(
          rest.filter((value) => !nameless(title, value)),
          `${title}: blanks last`,
        ).toEqual([]);
        // Where names that begin with a number or an emoji stand is not a matter of the language.
        const told = order === czech.compare ? given.filter((value) => /^\p{L}/u.test(value)) : given;
        expect(told, title).toEqual(told.toSorted((a, b) => sign * order(a, b)));
      }
    });
  }
  for (const title of groups) {
    await test.step(title, async () => {
      await table.sort(title);
      const up = runs(await table.column(title));
      await table.sort(title);
      const down = runs(await table.column(title));
      const given = up.filter((value) => !isBlank(value));
      expect(given.length).toBeGreaterThan(1);
      expect(up.slice(0, given.length), `${title}: blanks last`).toEqual(given);
      expect(down).toEqual([...given.reverse(), ...up.slice(given.length)]);
    });
  }
  // The last one was Direction; within equal values the newest comes first, both ways.
  const [directions, times] = [await table.column('Direction'), await table.column('Time')];
  for (const direction of new Set(directions)) {
    const own = times.filter((_, at) => directions[at] === direction);
    expect(own).toEqual(own.toSorted().reverse());
  }
});

test('E07 Shift adds up to three keys, each with its rank @windows', async ({ app, page }) => {
  await app.open(page);
  const table = new Table(page);
  const total = await new List(page).shown();
  await table.sort('Queue');
  await table.sort('Direction', { shift: true });
  await table.sort('Wait time', { shift: true });
  await table.sort('Wait time', { shift: true }); // turns round where it stands
  for (const [rank, title] of ['Queue', 'Direction', 'Wait time'].entries()) {
    await expect(table.header(title)).toHaveText(new RegExp(`${title}\\s*${rank + 1}`));
  }

  const queues = await table.column('Queue');
  const directions = await table.column('Direction');
  const waits = await table.column('Wait time');
  expect(queues).toHaveLength(total);
  const named = queues.filter((queue) => !isBlank(queue));
  expect(named).toEqual(named.toSorted(czech.compare));
  for (const queue of new Set(queues)) {
    const at = queues.flatMap((one, row) => (one === queue ? [row] : []));
    runs(at.map((row) => directions[row] ?? ''));
    for (const direction of new Set(at.map((row) => directions[row]))) {
      const own = at.filter((row) => directions[row] === direction).map((row) => waits[row] ?? '');
      const given = own.filter((wait) => !isBlank(wait));
      expect(given).toEqual(given.toSorted((a, b) => durations(b, a)));
      expect(own.slice(given.length).every(isBlank), 'blanks last').toBe(true);
    }
  }

  await table.sort('User', { shift: true });
  const headers = await table.grid.getByRole('columnheader').allTextContents();
  const ranked = headers.filter((header) => /\d$/.test(header.trim()));
  expect(ranked, 'a fourth key makes room for itself').toHaveLength(3);
});

test('E07 Czech letters come in their order', async ({ app, page }) => {
  await app.open(page);
  const list = new List(page);
  const table = new Table(page);
  await list.shown();
  await list.preset('Everything stored');
  await page.getByRole('button', { name: 'Advanced filter' }).click();
  const sheet = page.getByRole('dialog', { name: 'Advanced filter' });
  // The text is matched without diacritics, so Ctirad, Čeněk and Charlotte come together.
  await sheet.getByRole('textbox', { name: 'Text form' }).fill('contact^c OR contact^h');
  await expect(sheet.getByRole('status')).toContainText('match these conditions');
  await sheet.getByRole('button', { name: 'Apply' }).click();
  await expect(sheet).toHaveCount(0);
  await table.sort('Contact');
  const found = new Set<string>();
  for (let turn = 0; !found.has('end'); turn++) {
    for (const name of await table.column('Contact')) found.add(name);
    if ((await table.row((await list.total()) - 1).count()) > 0) found.add('end');
    await table.grid.focus().catch(() => {});
    await page.keyboard.press('PageDown');
    await table.settled();
    expect(turn).toBeLessThan(40);
  }
  found.delete('end');
  const names = [...found];
  const letters = runs(names.map((name) => /^(Ch|.)/u.exec(name)?.[0] ?? ''));
  expect(letters).toEqual(['C', 'Č', 'H', 'Ch']);
  expect(names).toEqual(names.toSorted(czech.compare));
});

test('E07 a header sorts by keys and the order is announced', async ({ app, page }) => {
  await app.open(page);
  const table = new Table(page);
  await new List(page).shown();
  await table.header('Time').focus();
  await page.keyboard.press('ArrowRight');
  await expect(table.header('Queue')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(table.header('Queue')).toHaveAttribute('aria-sort', 'ascending');
  await expect(page.getByText('Sorted by Queue, ascending').first()).toBeAttached();
  await page.keyboard.press('Enter');
  await expect(table.header('Queue')).toHaveAttribute('aria-sort', 'descending');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Shift+Enter');
  await expect(table.header('User')).toHaveText(/User\s*2/);
});
