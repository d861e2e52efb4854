import type { Locator } from '@playwright/test';
import { expect, test } from './fixtures';
import { List } from './list';
import { Table } from './table';

const width = async (header: Locator) => Math.round((await header.boundingBox())?.width ?? 0);

test('E08 columns are resized, moved and hidden by mouse and keys, and stay so', async ({ app, page }) => {
  await app.open(page);
  const list = new List(page);
  const table = new Table(page);
  await list.shown();

  const queue = table.header('Queue');
  const before = await width(queue);
  const edge = await queue.boundingBox();
  if (!edge) throw new Error('the header has no place');
  await page.mouse.move(edge.x + edge.width, edge.y + edge.height / 2);
  await page.mouse.down();
  await page.mouse.move(edge.x + edge.width + 40, edge.y + edge.height / 2, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => width(queue)).toBe(before + 40);

  const user = table.header('User');
  const usual = await width(user);
  await user.focus();
  await page.keyboard.press('Shift+ArrowRight');
  await expect.poll(() => width(user)).toBe(usual + 8);
  await page.keyboard.press('Shift+ArrowLeft');
  await page.keyboard.press('Shift+ArrowLeft');
  await expect.poll(() => width(user)).toBe(usual - 8);

  await page.keyboard.press('Control+Shift+ArrowLeft');
  await expect.poll(async () => (await table.titles()).slice(1, 4)).toEqual(['Time', 'User', 'Queue']);
  await expect(user).toBeFocused();

  await table.header('Direction').dragTo(table.header('Contact'));
  await expect
    .poll(async () => (await table.titles()).slice(3, 6))
    .toEqual(['Queue', 'Direction', 'Contact']);
  await expect(table.header('Direction'), 'dragging does not sort').not.toHaveAttribute('aria-sort', /./);

  await page.getByRole('button', { name: 'Columns' }).click();
  const panel = page.getByRole('dialog', { name: 'Columns' });
  await expect(panel.getByRole('checkbox', { name: 'Time', exact: true })).toBeDisabled();
  await panel.getByRole('checkbox', { name: 'Connector' }).uncheck();
  await panel.getByRole('button', { name: 'Compact' }).click();
  await page.keyboard.press('Escape');
  await table.header('Missed time').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Hide column' }).click();
  await expect(table.header('Missed time')).toHaveCount(0);

  const arranged = await table.titles();
  expect(arranged).not.toContain('Connector');
  const row = (await table.row(0).boundingBox())?.height;
  expect(row).toBe(28);

  await app.restart();
  await app.open(page);
  await list.shown();
  expect(await table.titles()).toEqual(arranged);
  expect(await width(queue)).toBe(before + 40);
  expect(await width(user)).toBe(usual - 8);
  expect((await table.row(0).boundingBox())?.height).toBe(28);
  await expect(list.picker('Time'), 'the filter starts at Today').toContainText('Today');

  await page.getByRole('button', { name: 'Columns' }).click();
  await panel.getByRole('button', { name: 'Reset columns' }).click();
  await expect.poll(async () => (await table.titles()).length).toBe(16);
  expect(await width(queue)).toBe(before);
});

test('a double click fits a column to what it shows', async ({ app, page }) => {
  await app.open(page);
  const table = new Table(page);
  await new List(page).shown();
  const header = table.header('Title');
  const narrow = await width(header);
  await header.focus();
  for (let step = 0; step < 24; step++) await page.keyboard.press('Shift+ArrowRight');
  const wide = narrow + 24 * 8;
  await expect.poll(() => width(header)).toBe(wide);
  const box = await header.boundingBox();
  if (!box) throw new Error('the header has no place');
  await page.mouse.dblclick(box.x + box.width, box.y + box.height / 2);
  await expect.poll(() => width(header)).toBeLessThan(wide);
  const cut = await table.grid
    .locator('[data-row] [data-field=title]')
    .evaluateAll((cells) => cells.filter((cell) => cell.scrollWidth > cell.clientWidth).length);
  expect(cut, 'titles that are cut off').toBe(0);
});

test('sideways, the first columns and the eye stay, and a cell that is gone to comes into view', async ({
  app,
  page,
}) => {
  await page.setViewportSize({ width: 1000, height: 700 });
  await app.open(page);
  const list = new List(page);
  const table = new Table(page);
  await list.shown();
  const left = async (cell: Locator) => Math.round((await cell.boundingBox())?.x ?? -1);
  const time = table.cell(0, 2);
  const eye = table.cell(0, 16);
  const stays = [await left(time), await left(eye)];
  const under = async (title: string, column: number) =>
    (await left(table.header(title))) - (await left(table.cell(0, column)));

  await list.grid.evaluate((grid) => (grid.scrollLeft = 150));
  const user = table.header('User');
  await expect.poll(() => left(user)).toBeLessThan(stays[0]! + (await width(table.header('Time'))));
  expect([await left(time), await left(eye)], 'what is pinned').toEqual(stays);
  expect(await under('User', 4)).toBe(0);

  await time.click();
  await page.keyboard.press('End');
  await expect(eye).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  const direction = table.cell(0, 15);
  await expect(direction).toBeFocused();
  await expect
    .poll(async () => (await left(direction)) + (await width(direction)))
    .toBeLessThanOrEqual(stays[1]!);
  expect(await under('Direction', 15)).toBe(0);
  expect([await left(time), await left(eye)], 'what is pinned').toEqual(stays);

  await page.keyboard.press('Home');
  for (let step = 0; step < 2; step++) await page.keyboard.press('ArrowRight');
  await expect(table.cell(0, 3)).toBeFocused();
  await expect.poll(() => left(table.cell(0, 3))).toBeGreaterThan(stays[0]!);
});
