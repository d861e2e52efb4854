import { expect, test } from './fixtures';
import { test as connected } from './centre';
import { List } from './list';

// Stored are the last 30 days, from 20 October to the present moment of 19 November 2026.
const nothingMatches = 'No interactions match this filter.';

test('E12 a period that is partly stored says so, and its counts are minimums', async ({ app, page }) => {
  await app.open(page);
  const list = new List(page);
  await list.shown();
  await list.preset('Last month');
  await list.search.click();
  await expect(list.picker('Time')).toContainText('Last month');
  const bar = page.getByText('1–19 Oct 2026 isn’t stored here. Counts are minimums.');
  await expect(bar).toBeVisible();
  await expect(list.rows().first(), 'what is stored is shown').toBeVisible();
  await expect(page.getByRole('definition').first()).toHaveText(/^≥ \d/);
  await expect(page.getByRole('main').getByRole('button', { name: 'Download', exact: true })).toBeVisible();

  // With a filter that nothing stored matches it is still not known.
  await list.sender.fill('zzz nobody');
  await list.sender.press('Enter');
  await expect(page.getByText('1–19 Oct 2026 isn’t stored on this computer.')).toBeVisible();
  await expect(page.getByText(nothingMatches)).toHaveCount(0);
});

test('E12 a period that is not stored is never an empty one, until it is downloaded', async ({
  app,
  page,
}) => {
  await app.open(page);
  const list = new List(page);
  await list.shown();
  await list.preset('Last month');
  await list.picker('Time').click();
  const control = page.getByRole('dialog', { name: 'Time' });
  await control.getByRole('button', { name: 'Earlier by the same length' }).click();
  await expect(control.getByRole('group', { name: /^From/ })).toContainText('09');
  await control.getByRole('button', { name: 'Search' }).click();
  const missing = page.getByText('1–30 Sep 2026 isn’t stored on this computer.');
  await expect(missing).toBeVisible();
  await expect(page.getByText(nothingMatches)).toHaveCount(0);

  await page.getByRole('button', { name: 'Download this range' }).click();
  // Now it is known that there was nothing.
  await expect(page.getByText(nothingMatches)).toBeVisible({ timeout: 60_000 });
  await expect(missing).toHaveCount(0);
});

connected('E12 offline a missing period waits for the network', async ({ app, centre, page }) => {
  await app.open(page);
  const list = new List(page);
  const pill = page.getByRole('banner').getByRole('button', { name: /^Synchronisation/ });
  await expect(pill).toHaveText(/Up to date/, { timeout: 60_000 });
  await centre.stop();
  await pill.click();
  await page
    .getByRole('dialog', { name: /^Synchronisation/ })
    .getByRole('button', { name: 'Sync now' })
    .click();
  await page.keyboard.press('Escape');
  await expect(pill).toHaveText(/Offline/, { timeout: 60_000 });
  await list.preset('This quarter');
  await list.search.click();
  await expect(
    page.getByText(/isn’t stored here.*You’re offline, it will be downloaded when you’re back\./),
  ).toBeVisible();
  await expect(page.getByRole('main').getByRole('button', { name: 'Download', exact: true })).toHaveCount(0);
  await expect(list.rows().first(), 'what is stored is still shown').toBeVisible();
});
