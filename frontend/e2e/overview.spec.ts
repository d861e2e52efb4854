import { expect, test } from './fixtures';
import { List } from './list';

const month = `#/overview?q=${encodeURIComponent('time:last30days')}`;

test('tables of the overview sort by any title, which stays over the rows, and targets lead to the list', async ({
  app,
  page,
}) => {
  await app.open(page, month);
  const card = page.getByRole('region', { name: 'By agent' });
  const numbers = async () =>
    (await card.locator('tbody td.bars').allInnerTexts()).map((text) => Number(text.replace(/\D/g, '')));
  const head = (name: string) => card.getByRole('columnheader', { name });
  await expect(head('Interactions')).toHaveAttribute('aria-sort', 'descending');
  const before = await numbers();
  expect(before).toEqual(before.toSorted((a, b) => b - a));
  await head('Interactions').getByRole('button').click();
  await expect(head('Interactions')).toHaveAttribute('aria-sort', 'ascending');
  expect(await numbers()).toEqual(before.toSorted((a, b) => a - b));

  await head('User').getByRole('button').click();
  const names = await card.locator('tbody th .who > button').allInnerTexts();
  expect(names).toEqual(names.toSorted((a, b) => a.localeCompare(b, 'cs')));

  const frame = card.getByRole('group');
  await frame.evaluate((box) => box.scrollTo(0, 9e9));
  const [top, row] = await Promise.all([head('User').boundingBox(), frame.boundingBox()]);
  expect(Math.abs(top!.y - row!.y), 'the titles stay').toBeLessThan(2);

  // A target that is set measures at once, and its share leads to what is over it.
  const targets = page.getByRole('region', { name: 'Targets' });
  await targets.getByRole('link', { name: 'Set targets' }).click();
  const reply = page.getByRole('textbox', { name: 'First reply: All queues' });
  await reply.fill('soon');
  await expect(page.getByText('First reply: Write it like 2:00.')).toBeVisible();
  await reply.fill('1:00');
  await expect(page.getByText('Write it like 2:00.')).toBeHidden();
  await page.goBack();
  const line = targets.getByRole('listitem').filter({ hasText: 'First reply' });
  await expect(line).toContainText('at most 0:01:00');
  const over = line.getByRole('button');
  const count = Number((await over.innerText()).replace(/\D/g, ''));
  expect(count).toBeGreaterThan(0);
  await over.click();
  await page.getByRole('button', { name: 'Open in list' }).click();
  const list = new List(page);
  await list.shown();
  await expect.poll(() => list.total()).toBe(count);
});

test('figures are compared, and the trend leads to the list, by keys alone', async ({ app, page }) => {
  await app.open(page, `#/overview?q=${encodeURIComponent('time:last7days')}`);
  const strip = page.getByRole('group', { name: 'Figures' });
  await expect(strip).not.toContainText(/more|fewer|no change/);
  await page.getByLabel('Compare', { exact: true }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(page).toHaveURL(/compare=before/);
  await expect(page.getByText(/^Compared with .*, over 7 days\./)).toContainText(
    'Of today only what is stored',
  );
  await expect(strip).toContainText(/\d (more|fewer), [+−-]\d+\s%/);

  const trend = page.getByRole('region', { name: 'Trend' });
  const chart = trend.getByRole('group', { name: /^Trend:/ });
  await chart.focus();
  await page.keyboard.press('Home');
  const said = trend.getByRole('status');
  await expect(said).toHaveText(/^13\sNov: [\d,]+, before [\d,]+ · /);
  const count = Number((await said.innerText()).replace(/^13\sNov: ([\d,]+),.*$/s, '$1'));
  await page.keyboard.press('Shift+ArrowRight');
  await expect(said).toHaveText(/^13\sNov – 14\sNov$/);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/2026-11-13..2026-11-14/);
  await expect(page.getByText(/^Compared with .*, over 2 days\./)).toBeVisible();
  await chart.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  const list = new List(page);
  await list.shown();
  await expect.poll(() => list.total()).toBe(count);
});

test('an agent has a page beside the team, and Back leads where one was', async ({ app, page }) => {
  await app.open(page, `#/overview?q=${encodeURIComponent('time:last7days')}`);
  const card = page.getByRole('region', { name: 'By agent' });
  const open = card.getByRole('button', { name: /^Page of / }).first();
  const name = (await open.getAttribute('aria-label'))!.replace('Page of ', '');
  await open.click();
  await expect(page).toHaveURL(/#\/overview\/agent\/[\w.]+\?.*compare=team/);
  await expect(page.getByRole('heading', { name, level: 2 })).toBeVisible();
  await expect(page.getByRole('group', { name: 'Figures' })).toContainText('% of the team');
  const besides = page.getByRole('region', { name: 'Besides' });
  const longest = besides.getByRole('link').first();
  await expect(longest).toHaveAttribute('href', /#\/interactions\/.+\/wap/);
  await page.getByRole('button', { name: 'Back' }).click();
  await expect(page.getByRole('heading', { name, level: 2 })).toBeHidden();
});

test('the hours of a month stay in view, and no card is a void', async ({ app, page }) => {
  await app.open(page, month);
  const card = page.getByRole('region', { name: 'By hour' });
  const heat = card.getByRole('group');
  await heat.evaluate((box) => box.scrollTo(0, 9e9));
  const hour = card.getByText('9', { exact: true }).first();
  await expect(hour).toBeInViewport();
  const [axis, box] = await Promise.all([hour.boundingBox(), heat.boundingBox()]);
  expect(Math.abs(axis!.y - box!.y)).toBeLessThan(4);

  // The void of a card is what lies between its last content and its lower edge.
  const voids = await page
    .locator('.overview .card')
    .evaluateAll((cards) =>
      cards.map(
        (one) => one.getBoundingClientRect().bottom - one.lastElementChild!.getBoundingClientRect().bottom,
      ),
    );
  for (const height of voids) expect(height).toBeLessThan(100);
  const note = page.getByText('Fewer than 10 interactions: the figures say little.');
  expect(await note.count(), 'said once a table at most').toBeLessThanOrEqual(2);
});
