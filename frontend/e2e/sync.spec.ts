import type { Page } from '@playwright/test';
import { test } from './centre';
import { expect } from './fixtures';
import { List } from './list';

class Sync {
  readonly pill;
  constructor(readonly page: Page) {
    this.pill = page.getByRole('banner').getByRole('button', { name: /^Synchronisation/ });
  }
  async idle(): Promise<void> {
    await expect(this.pill).toHaveText(/Up to date/, { timeout: 60_000 });
  }
  /** Reads everything stored again, which takes long enough for something to happen meanwhile. */
  async everything(): Promise<void> {
    await this.pill.click();
    const panel = this.page.getByRole('dialog', { name: /^Synchronisation/ });
    await panel.getByRole('button', { name: 'Read everything stored again' }).click();
    await expect(this.pill).toHaveText(/Syncing/);
    await this.page.keyboard.press('Escape');
  }
}

test('E27 a sign-in that expires while it syncs is asked for again, and what is stored stays', async ({
  app,
  page,
  server,
  centre,
}) => {
  const [url = '', token = ''] = server.found;
  const { user } = await centre.read<{ user: { name: string } }>('whoim');
  await app.open(page);
  const sync = new Sync(page);
  await sync.idle();
  const list = new List(page);
  const total = await list.show('Everything stored');

  await centre.control('fail?set=slow=1');
  await sync.everything();
  await centre.control(`expire?login=${user.name}`);
  await centre.control('fail?set=slow=0');
  await expect(sync.pill).toHaveText('Sign in', { timeout: 60_000 });
  const main = page.getByRole('main');
  await expect(main.getByText('Sign in again to sync. Everything stored is still here.')).toHaveCount(1);
  expect(await list.total()).toBe(total);
  await expect(list.rows().first()).toBeVisible();

  await centre.control(`renew?login=${user.name}`);
  await main.getByRole('button', { name: 'Sign in', exact: true }).click();
  await main.getByLabel('Address').fill(url);
  await main.getByRole('textbox', { name: 'Access token' }).fill(token);
  await main.getByRole('button', { name: 'Test', exact: true }).click();
  await expect(main.getByText(/^Connected as /)).toBeVisible();
  await main.getByRole('button', { name: 'Start', exact: true }).click();
  await sync.idle();
  await expect(page.getByText('Sign in again to sync.', { exact: false })).toHaveCount(0);
  expect(await list.show('Everything stored'), 'the same profile').toBe(total);
});

test('E28 a sync whose program was killed goes on at the next start, and nothing is there twice', async ({
  app,
  page,
  centre,
}) => {
  await app.open(page);
  const sync = new Sync(page);
  await sync.idle();
  const list = new List(page);
  const total = await list.show('Everything stored');
  await centre.control('add?count=40');
  await centre.control('fail?set=slow=1');
  await sync.everything();
  await app.crash();
  await centre.control('fail?set=slow=0');
  await app.open(page);
  await sync.idle();
  await expect.poll(() => list.show('Everything stored'), { timeout: 30_000 }).toBe(total + 40);

  // What it did can be copied, and a pause holds over a restart.
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await sync.pill.click();
  const panel = page.getByRole('dialog', { name: /^Synchronisation/ });
  await panel.getByRole('button', { name: 'Copy report' }).click();
  await expect(page.getByText('Report copied. It holds no personal data.').first()).toBeAttached();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('"coverage_after"');
  await panel.getByRole('button', { name: 'Pause' }).click();
  await expect(sync.pill).toHaveText('Paused');
  await app.crash();
  await app.open(page);
  await expect(sync.pill).toHaveText('Paused');
  await sync.pill.click();
  await expect(panel.getByText('Nothing is synced by itself until you resume')).toBeVisible();
  await panel.getByRole('button', { name: 'Resume' }).click();
  await sync.idle();
});
