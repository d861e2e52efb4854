import { expect, test } from './fixtures';
import { List } from './list';
import { Table } from './table';

test('three levels under the filter bar apply, and their address can be opened again', async ({
  app,
  page,
}) => {
  await app.open(page);
  const list = new List(page);
  const all = await list.show('Last 7 days');
  await page.getByRole('button', { name: 'Advanced filter' }).click();
  const sheet = page.getByRole('dialog', { name: 'Advanced filter' });
  await sheet
    .getByRole('textbox')
    .last()
    .fill('wait > 5m OR (missed:waiting AND (direction:OUT OR answered:no))');
  await expect(sheet.getByText(/match/)).toBeVisible();
  await sheet.getByRole('button', { name: 'Apply' }).click();
  const chips = page.getByRole('list', { name: 'Further conditions' }).getByRole('listitem');
  await expect(chips).toHaveCount(1);
  await expect.poll(() => list.total()).toBeLessThan(all);
  const found = await list.total();
  await new Table(page).settled();
  await page.reload();
  await list.shown();
  await expect.poll(() => list.total()).toBe(found);
});

test('a search that is refused stays a draft and never looks applied', async ({ app, page }) => {
  await app.open(page);
  const list = new List(page);
  const total = await list.shown();
  // The program refuses what the page lets through.
  await page.route('**/call/Interactions.Search', (route) =>
    route.fulfill({
      json: { error: { code: 'query', params: { reason: 'in English', text: 'tooDeep', max: '3' } } },
    }),
  );
  await list.sender.fill('Nováková');
  await list.search.click();
  await expect(page.getByText('Groups can be at most 3 levels deep.')).toBeVisible();
  await expect(list.search).toHaveText(/^Search · /); // still to be applied
  expect(await list.total()).toBe(total);
  expect(page.url()).not.toContain('Nov');
  await page.unroute('**/call/Interactions.Search');
  await list.search.click();
  await expect(list.search).toHaveText('Search');
  await expect.poll(() => list.total()).not.toBe(total);
});

test('a filter in an address that cannot be read says so and can be cleared', async ({ app, page }) => {
  await app.open(page);
  const list = new List(page);
  await list.shown();
  await page.evaluate(() => (location.hash = '#/interactions?q=colour%3Ared'));
  const notice = page.getByText(/The filter in this address can’t be read.*no field “colour”/);
  await expect(notice).toBeVisible();
  await page.getByRole('main').getByRole('button', { name: 'Clear', exact: true }).click();
  await expect(notice).toBeHidden();
  await expect(page).not.toHaveURL(/colour/);
});

test('the badge of Changes, the pill and the page count the same', async ({ app, page }) => {
  await app.open(page, '#/changes');
  const badge = page.getByRole('link', { name: /^Changes/ }).locator('.badge');
  await expect(badge).toBeVisible();
  const pill = page.getByRole('banner').locator('.pill .badge');
  await expect(pill).toHaveText(await badge.innerText());
  const open = page
    .getByRole('main')
    .getByRole('row')
    .filter({ hasText: /Waiting|Sending|Refused|Conflict|To do in Daktela/ });
  await expect(open).toHaveCount(Number(await badge.innerText()));
});

test('an agent of the overview fills the field of the bar, and the view says it was changed', async ({
  app,
  page,
}) => {
  await app.open(page);
  const list = new List(page);
  await list.show('Last 7 days');
  await page.getByRole('link', { name: 'Overview' }).click();
  const agents = page.getByRole('group', { name: 'By agent' });
  const name = (await agents.getByRole('rowheader').first().getByRole('button').first().innerText()).trim();
  await agents.getByRole('button', { name, exact: true }).click();
  await expect(list.picker('User')).toContainText(name);
  await expect(page.getByRole('list', { name: 'Further conditions' })).toHaveCount(0);
  await expect(page.getByRole('banner').getByText('Changed')).toBeAttached();
});
