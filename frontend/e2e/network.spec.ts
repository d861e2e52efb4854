import { expect, test } from './fixtures';
import { List } from './list';

test('E40 the page talks to nobody but the program', async ({ app, page, context }) => {
  const hosts = new Set<string>();
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol !== 'data:' && url.protocol !== 'blob:') hosts.add(url.host);
  });
  await app.open(page);
  const own = new URL(page.url()).host;
  const list = new List(page);
  await list.show('Last 30 days');
  await list.rows().first().getByRole('button', { name: 'Open details' }).click();
  await expect(page.getByRole('complementary', { name: 'Interaction details' })).toBeVisible();
  for (const route of ['#/overview', '#/changes', '#/settings/connection']) {
    await page.evaluate((hash) => (location.hash = hash), route);
    await expect(page.getByRole('main')).toBeVisible();
  }
  expect([...hosts]).toEqual([own]);
});

test('E40 the page could not reach anybody else', async ({ app, page }) => {
  await app.open(page);
  await new List(page).shown();
  const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content');
  expect(policy).toContain("default-src 'self'");
  expect(policy).not.toMatch(/unsafe-eval|https?:/);
});

test('E40 nobody gets in without the key, and the key works once', async ({ app, browser }) => {
  const first = await browser.newContext();
  const second = await browser.newContext();
  try {
    const stranger = await second.newPage();
    const owner = await first.newPage();
    await app.open(owner);
    await new List(owner).shown();
    const { origin } = new URL(owner.url());
    expect((await stranger.goto(origin + '/'))?.status()).toBe(401);
    expect(await app.open(stranger), 'the same address once more').toBe(401);
    await expect(stranger.getByRole('grid')).toHaveCount(0);
    // A name that points here is not an address of this computer.
    const foreign = await first.request.get(origin + '/', { headers: { Host: 'wapdesk.example' } });
    expect(foreign.status()).toBe(403);
  } finally {
    await first.close();
    await second.close();
  }
});
