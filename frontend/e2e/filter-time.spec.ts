import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { test as connected } from './centre';
import { List } from './list';

type Periods = Record<string, [from: string, to: string]>;

/**
 * What each preset means at some hard moments: first day and first day after the last, as
 * worked out by hand from a calendar.
 */
const clocks: Record<string, { now: string; periods: Periods }> = {
  'the first midnight of March': {
    now: '2026-03-01T00:00:00+01:00', // a Sunday
    periods: {
      Today: ['01/03/2026', '02/03/2026'],
      Yesterday: ['28/02/2026', '01/03/2026'],
      'Last 7 days': ['23/02/2026', '02/03/2026'],
      'This week': ['23/02/2026', '02/03/2026'],
      'Last week': ['16/02/2026', '23/02/2026'],
      'Last 30 days': ['31/01/2026', '02/03/2026'],
      'This month': ['01/03/2026', '01/04/2026'],
      'Last month': ['01/02/2026', '01/03/2026'],
      'This quarter': ['01/01/2026', '01/04/2026'],
      'This year': ['01/01/2026', '01/01/2027'],
    },
  },
  'the last evening of a year': {
    now: '2026-12-31T23:30:00+01:00', // a Thursday
    periods: {
      Today: ['31/12/2026', '01/01/2027'],
      Yesterday: ['30/12/2026', '31/12/2026'],
      'Last 7 days': ['25/12/2026', '01/01/2027'],
      'This week': ['28/12/2026', '04/01/2027'],
      'Last week': ['21/12/2026', '28/12/2026'],
      'Last 30 days': ['02/12/2026', '01/01/2027'],
      'This month': ['01/12/2026', '01/01/2027'],
      'Last month': ['01/11/2026', '01/12/2026'],
      'This quarter': ['01/10/2026', '01/01/2027'],
      'This year': ['01/01/2026', '01/01/2027'],
    },
  },
  'the night of 23 hours': {
    now: '2026-03-29T03:10:00+02:00', // a Sunday, ten minutes after the clocks went forward
    periods: {
      Today: ['29/03/2026', '30/03/2026'],
      Yesterday: ['28/03/2026', '29/03/2026'],
      'Last 7 days': ['23/03/2026', '30/03/2026'],
      'This week': ['23/03/2026', '30/03/2026'],
      'Last week': ['16/03/2026', '23/03/2026'],
      'Last 30 days': ['28/02/2026', '30/03/2026'],
      'This month': ['01/03/2026', '01/04/2026'],
      'Last month': ['01/02/2026', '01/03/2026'],
      'This quarter': ['01/01/2026', '01/04/2026'],
      'This year': ['01/01/2026', '01/01/2027'],
    },
  },
  'the night of 25 hours': {
    now: '2026-10-25T02:30:00+01:00', // a Sunday, half past two for the second time
    periods: {
      Today: ['25/10/2026', '26/10/2026'],
      Yesterday: ['24/10/2026', '25/10/2026'],
      'Last 7 days': ['19/10/2026', '26/10/2026'],
      'This week': ['19/10/2026', '26/10/2026'],
      'Last week': ['12/10/2026', '19/10/2026'],
      'Last 30 days': ['26/09/2026', '26/10/2026'],
      'This month': ['01/10/2026', '01/11/2026'],
      'Last month': ['01/09/2026', '01/10/2026'],
      'This quarter': ['01/10/2026', '01/01/2027'],
      'This year': ['01/01/2026', '01/01/2027'],
    },
  },
};

/** What stands in From and To of the open Time control. */
async function bounds(page: Page): Promise<string[]> {
  const control = page.getByRole('dialog', { name: 'Time' });
  const texts = await Promise.all(
    ['From', 'To'].map((name) => control.getByRole('group', { name: new RegExp(`^${name}`) }).innerText()),
  );
  return texts.map((text) => text.replace(/[\s\u200e\u2066-\u2069]/g, ''));
}

for (const [name, { now, periods }] of Object.entries(clocks)) {
  connected.describe(`at ${name}`, () => {
    // What is stored does not matter: the less, the sooner it is there.
    connected.use({ clock: now, centreArgs: ['--interactions', '20', '--days', '2'] });

    connected('E03 each preset means the right days', async ({ app, page }) => {
      await app.open(page);
      const list = new List(page);
      await expect(list.picker('Time')).toContainText('Today');
      const control = page.getByRole('list', { name: 'Periods' });
      await list.picker('Time').click();
      for (const [preset, [from, to]] of Object.entries(periods)) {
        await control.getByRole('button', { name: preset, exact: true }).click();
        await expect(list.picker('Time')).toContainText(preset);
        await list.picker('Time').click(); // choosing closes it
        await expect.poll(() => bounds(page), preset).toEqual([`${from},00:00`, `${to},00:00`]);
      }
      await page.keyboard.press('Escape');
      await list.preset('Everything stored');
      await expect(list.picker('Time')).toHaveText('Everything stored');
    });
  });
}

test.describe('over midnight', () => {
  test.use({ env: { WAPDESK_NOW: '2026-11-19T23:59:52+01:00' } });

  test('E03 an open Today says that a new day has begun and changes only when asked', async ({
    app,
    page,
  }) => {
    await app.open(page);
    const list = new List(page);
    await expect(list.picker('Time')).toContainText('Thu 19 Nov');
    const before = await list.shown();
    const show = page.getByRole('button', { name: 'Show 20 Nov' });
    await expect(show).toBeVisible({ timeout: 60_000 });
    expect(await list.total(), 'the list has not changed by itself').toBe(before);
    await show.click();
    await expect(show).toHaveCount(0);
    await expect.poll(() => list.total()).not.toBe(before);
  });
});

test('E03 a period is moved by its own length, days by days and months by months', async ({ app, page }) => {
  await app.open(page);
  const list = new List(page);
  await list.preset('Last month');
  await list.picker('Time').click();
  const control = page.getByRole('dialog', { name: 'Time' });
  await control.getByRole('button', { name: 'Earlier by the same length' }).click();
  await expect.poll(() => bounds(page)).toEqual(['01/09/2026,00:00', '01/10/2026,00:00']);
  await control.getByRole('button', { name: 'Later by the same length' }).click();
  await control.getByRole('button', { name: 'Later by the same length' }).click();
  await expect.poll(() => bounds(page)).toEqual(['01/11/2026,00:00', '01/12/2026,00:00']);
});
