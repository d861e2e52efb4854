import type { Locator } from '@playwright/test';
import { expect, test } from './fixtures';
import { List } from './list';
import { Table } from './table';

interface Hour {
  readonly at: number;
  readonly name: string;
  readonly count: number;
  readonly missed: number;
}

/** The hours of the strip by what a screen reader is told of them. */
async function hours(strip: Locator): Promise<Hour[]> {
  const names = await strip
    .getByRole('button')
    .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? ''));
  return names.map((name, at) => {
    const [, count = '', missed = ''] = /: ([\d,]+) interactions?, (none|[\d,]+) missed$/.exec(name) ?? [];
    return {
      at,
      name,
      count: Number(count.replace(',', '')),
      missed: missed === 'none' ? 0 : Number(missed),
    };
  });
}

const sum = (numbers: number[]) => numbers.reduce((all, one) => all + one, 0);

test('E37 an hour of the strip filters the list, and the numbers are equal', async ({ app, page }) => {
  await app.open(page);
  const list = new List(page);
  const total = await list.shown();
  const strip = page.getByRole('group', { name: 'Interactions by hour' });
  const day = await hours(strip);
  expect(day).toHaveLength(24);
  expect(sum(day.map((hour) => hour.count))).toBe(total);

  // The table behind it says the same.
  await page.getByRole('button', { name: 'Show as table' }).click();
  const table = page.getByRole('dialog', { name: 'Interactions by hour' });
  await expect(table.getByRole('row')).toHaveCount(day.filter((hour) => hour.count > 0).length + 1);
  await page.keyboard.press('Escape');

  const busiest = day.reduce((best, hour) => (hour.count > best.count ? hour : best));
  const next = day[busiest.at + 1];
  if (!next) throw new Error('the busiest hour is the last one');
  await strip.getByRole('button', { name: busiest.name }).click();
  await expect.poll(() => list.total()).toBe(busiest.count);
  const chips = page.getByRole('list', { name: 'Further conditions' }).getByRole('listitem');
  await expect(chips).toHaveCount(1);
  const times = await new Table(page).column('Time');
  expect(times.filter((time) => Number(time.slice(0, 2)) !== busiest.at)).toEqual([]);
  await chips.getByRole('button', { name: /^Remove/ }).click();
  await expect.poll(() => list.total()).toBe(total);

  // Keys: Enter filters, Shift adds the hours up to another.
  await strip.getByRole('button', { name: busiest.name }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => list.total()).toBe(busiest.count);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Shift+Enter');
  await expect.poll(() => list.total()).toBe(busiest.count + next.count);
});

test('E37 a week is a cell a day that an eye can tell apart, and one of them filters', async ({
  app,
  page,
}) => {
  await app.open(page);
  const list = new List(page);
  const total = await list.show('Last 7 days');
  const strip = page.getByRole('group', { name: 'Interactions by day' });
  await expect(strip.getByRole('button')).toHaveCount(7);
  for (const cell of await strip.getByRole('button').all()) {
    const box = await cell.boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(16);
  }
  const all = await hours(strip);
  expect(sum(all.map((hour) => hour.count))).toBe(total);
  const one = all.find((hour) => hour.missed > 0);
  if (!one) throw new Error('nothing was missed');
  await strip.getByRole('button', { name: one.name }).click();
  await expect.poll(() => list.total()).toBe(one.count);
  const figures = page.getByRole('main').locator('dl').first();
  await expect(
    figures.getByText('Missed', { exact: true }).locator('xpath=following-sibling::dd'),
  ).toHaveText(String(one.missed));
});

test('E37 a queue of the overview filters, and the list has its number', async ({ app, page }) => {
  await app.open(page);
  const list = new List(page);
  await list.show('Last 7 days');
  await page.getByRole('link', { name: 'Overview' }).click();
  const row = page.getByRole('group', { name: 'By queue' }).getByRole('row', { name: /^Objednávky/ });
  const count = Number(/[\d,]+/.exec(await row.getByRole('cell').first().innerText())?.[0].replace(',', ''));
  expect(count).toBeGreaterThan(0);
  await row.getByRole('button', { name: 'Objednávky', exact: true }).click();
  await expect(page.getByText('The filter was narrowed: Objednávky')).toBeVisible();
  await page.getByRole('button', { name: 'Open in list' }).click();
  await list.shown();
  await expect.poll(() => list.total()).toBe(count);
  await new Table(page).settled();
  expect(new Set(await new Table(page).column('Queue'))).toEqual(new Set(['Objednávky']));
});
