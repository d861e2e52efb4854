import type { Page } from '@playwright/test';
import { test, type Centre } from './centre';
import { expect, type App } from './fixtures';
import { List } from './list';
import { command } from './program';

// What the page shows of servers whose answers have other shapes is what the command line lists.

const pill = (page: Page) => page.getByRole('banner').getByRole('button', { name: /^Synchronisation/ });
const panel = (page: Page) => page.getByRole('dialog', { name: /^Synchronisation/ });

async function listed(app: App, env: Record<string, string>): Promise<number> {
  const run = await command(app.home, ['list', '--time', 'all', '--limit', '1', '--json'], env);
  expect(run.code, run.err).toBe(0);
  return (JSON.parse(run.out) as { total: number }).total;
}

async function stored(page: Page, app: App, env: Record<string, string>): Promise<number> {
  await expect(pill(page)).toHaveText(/Up to date|Sync problem/, { timeout: 60_000 });
  const list = new List(page);
  const total = await list.show('Everything stored');
  expect(total).toBe(await listed(app, env));
  return total;
}

async function sync(page: Page): Promise<void> {
  await pill(page).click();
  await panel(page)
    .getByRole('button', { name: /^(Sync now|Try again)$/ })
    .click();
}

/** Users that handled interactions, busiest first. */
async function handled(centre: Centre): Promise<string[]> {
  const { data } = await centre.read<{ data: { user?: { name?: string } }[] }>('activitiesWap?take=1000');
  const count = new Map<string, number>();
  for (const { user } of data) if (user?.name) count.set(user.name, (count.get(user.name) ?? 0) + 1);
  return [...count].sort((a, b) => b[1] - a[1]).map(([name]) => name);
}

test.describe('short pages, no totals and an unknown zone', () => {
  test.use({
    centreArgs: [
      '--interactions',
      '450',
      '--days',
      '4',
      '--shape',
      'clamp=200',
      '--shape',
      'no-total',
      '--shape',
      'zone=Praha',
    ],
  });

  test('everything is stored, and the panel names the zone', async ({ app, env, page }) => {
    await app.open(page);
    expect(await stored(page, app, env)).toBeGreaterThan(400);
    await pill(page).click();
    await expect(
      panel(page).getByText(
        'Daktela names a time zone that isn’t known: Praha. Times are read in Europe/Prague.',
      ),
    ).toBeVisible();
    await page.keyboard.press('Escape');

    // Who took part and what an activity was marked with count the same everywhere.
    const list = new List(page);
    const first = JSON.parse(
      (
        await command(
          app.home,
          [
            'list',
            '--time',
            'all',
            '--limit',
            '1',
            '--columns',
            'took',
            '--query',
            'activities > 1',
            '--json',
          ],
          env,
        )
      ).out,
    ) as { rows: { took: string[] }[] };
    for (const query of [`took:"${first.rows[0]!.took[0]!}"`, 'status:Spam', 'status:"(none)"']) {
      const run = await command(
        app.home,
        ['list', '--time', 'all', '--limit', '1', '--query', query, '--json'],
        env,
      );
      const { total } = JSON.parse(run.out) as { total: number };
      expect(total, run.err).toBeGreaterThan(0);
      await page.getByRole('button', { name: 'Advanced filter' }).click();
      const sheet = page.getByRole('dialog', { name: 'Advanced filter' });
      await sheet.getByRole('textbox', { name: 'Text form' }).fill(query);
      await sheet.getByRole('button', { name: 'Apply' }).click();
      await expect.poll(() => list.total()).toBe(total);
    }
  });
});

test('a list of queues that is no list hides nothing, and a colleague who left stays', async ({
  app,
  centre,
  env,
  page,
}) => {
  await app.open(page);
  const before = await stored(page, app, env);
  const [colleague = ''] = await handled(centre);
  await centre.control(`depart?user=${colleague}`);
  await centre.control('add?count=1'); // seen when the sync has ended
  await sync(page);
  await expect.poll(() => listed(app, env), { timeout: 60_000 }).toBe(before + 1);
  await page.keyboard.press('Escape');
  expect(await stored(page, app, env)).toBe(before + 1);

  await centre.control('shape?set=broken%3Dqueues%3Anull');
  await sync(page);
  await expect(panel(page).getByText(/Daktela didn’t give the list of queues/)).toBeVisible({
    timeout: 60_000,
  });
  await page.keyboard.press('Escape');
  expect(await stored(page, app, env)).toBe(before + 1);
});

test.describe('lists that the role never gave', () => {
  test.use({ centreArgs: ['--interactions', '240', '--days', '4', '--shape', 'broken=users:403'] });

  test('answers that lack something, fail or look otherwise take nothing away, and the panel says so', async ({
    app,
    centre,
    env,
    page,
  }) => {
    const shape = (...names: string[]) =>
      centre.control(`shape?${names.map((name) => `set=${encodeURIComponent(name)}`).join('&')}`);
    const messages = async (name: string): Promise<number> => {
      const run = await command(app.home, ['show', name, '--json'], env);
      return (JSON.parse(run.out) as { messages: unknown[] }).messages.length;
    };
    await app.open(page);
    const before = await stored(page, app, env);
    const run = await command(app.home, ['list', '--time', 'all', '--query', 'messages > 3', '--json'], env);
    const name = (JSON.parse(run.out) as { rows: { name: string }[] }).rows[0]!.name;
    const talk = await messages(name);

    await pill(page).click();
    await expect(panel(page).getByText(/Your role can’t list users in Daktela/)).toBeVisible();
    await expect(pill(page)).toHaveText(/Up to date/); // no access was lost

    await shape('broken=users:403', 'broken=activitiesWap/messages:empty');
    await panel(page).getByRole('button', { name: 'Read everything stored again' }).click();
    await expect(panel(page).getByText(/Daktela sent less than is stored/)).toBeVisible({ timeout: 60_000 });
    expect(await messages(name)).toBe(talk);

    await shape('broken=users:403', 'broken=activitiesWap:null');
    await panel(page).getByRole('button', { name: 'Sync now' }).click();
    await expect(panel(page).getByText(/answered a question with an error/)).toBeVisible({ timeout: 60_000 });
    await page.keyboard.press('Escape');
    expect(await stored(page, app, env)).toBe(before);

    await shape(
      'broken=users:403',
      'reduced-refs',
      'text-totals',
      'data-as-object',
      'dotted-keys',
      'clamp=90',
    );
    await centre.control('add?count=3');
    await sync(page);
    await expect.poll(() => listed(app, env), { timeout: 60_000 }).toBe(before + 3);
    await page.keyboard.press('Escape');
    expect(await stored(page, app, env)).toBe(before + 3);

    await shape('broken=queues:403');
    await sync(page);
    await expect(panel(page).getByText(/Daktela didn’t give the list of queues/)).toBeVisible({
      timeout: 60_000,
    });
    await page.keyboard.press('Escape');
    expect(await stored(page, app, env)).toBe(before + 3);
  });
});
