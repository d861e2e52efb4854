import type { Page } from '@playwright/test';
import { expect } from './fixtures';
import { test, type Centre } from './centre';
import { Details } from './details';

const pill = (page: Page) => page.getByRole('banner').getByRole('button', { name: /^Synchronisation/ });

async function syncNow(page: Page): Promise<void> {
  await pill(page).click();
  await page
    .getByRole('dialog', { name: /^Synchronisation/ })
    .getByRole('button', { name: /^(Sync now|Try again)$/ })
    .click();
  await page.keyboard.press('Escape');
}

/** The rows of the page of changes with what they are about. */
const changes = (page: Page, kind: string) =>
  page.getByRole('main', { name: 'Changes' }).getByRole('row').filter({ hasText: kind });

interface ActivityNow {
  contact: { name: string; title: string } | null;
  ticket: { name: number } | null;
}

const now = (centre: Centre, activity: string) => centre.read<ActivityNow>(`activities/${activity}`);

/** The unique names of contacts that the contact centre holds. */
async function contacts(centre: Centre): Promise<{ name: string; title: string }[]> {
  return (await centre.read<{ data: { name: string; title: string }[] }>('contacts')).data;
}

async function opened(app: { open: (page: Page) => Promise<unknown> }, page: Page): Promise<Details> {
  await app.open(page);
  await expect(pill(page)).toHaveText(/Up to date/, { timeout: 60_000 });
  return new Details(page);
}

async function activityOf(details: Details): Promise<string> {
  await details.activity.click();
  return (await details.fact('Unique name').innerText()).trim();
}

test('E18 changes made offline wait, and are sent when online again @windows', async ({
  app,
  centre,
  page,
}) => {
  const details = await opened(app, page);
  await details.find('contact != empty AND activities = 1 AND ticket:empty AND answered:yes');
  const activity = await activityOf(details);
  const before = await now(centre, activity);

  await centre.control('fail?set=drop=1');
  await syncNow(page);
  await expect(pill(page)).toHaveText(/Offline/, { timeout: 40_000 });

  await test.step('pair', async () => {
    const card = await details.card('Contact');
    await card.getByRole('button', { name: 'Change contact…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Pair with a contact' });
    await expect(dialog).toContainText('It will be sent when you’re online.');
    await details.search(dialog, 'a');
    const other = dialog
      .getByRole('option')
      .filter({ hasNotText: before.contact?.title ?? '–' })
      .last();
    await other.click();
    await dialog.getByRole('button', { name: 'Pair', exact: true }).click();
    await expect(dialog).toHaveCount(0);
  });
  await test.step('merge with a ticket', async () => {
    const card = await details.card('Ticket');
    await card.getByRole('button', { name: 'Merge with ticket…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Merge with a ticket' });
    await details.search(dialog, 'a');
    await dialog.getByRole('option').first().click();
    await dialog.getByRole('button', { name: 'Merge', exact: true }).click();
    await expect(dialog).toHaveCount(0);
    await expect(details.activities).toContainText(/#\d+/);
  });
  await test.step('add a contact', async () => {
    const card = await details.card('Contact');
    await card.getByRole('button', { name: 'Change contact…' }).click();
    await page.getByRole('button', { name: 'Add new contact…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add a contact' });
    await dialog.getByRole('textbox', { name: 'First name' }).fill('Pavla');
    await dialog.getByRole('textbox', { name: 'Last name' }).fill('Zkušební');
    await dialog.getByRole('button', { name: 'Add and pair' }).click();
    await expect(dialog).toHaveCount(0);
    await expect(details.pane.locator('.crm')).toContainText('Pavla Zkušební');
  });
  await test.step('what needs the network says so', async () => {
    await expect(details.pane.getByRole('button', { name: 'Start activity' })).toBeDisabled();
    await expect(details.pane.getByRole('button', { name: 'Start activity' })).toHaveAttribute(
      'title',
      /offline/,
    );
  });
  await test.step('the list knows the row that waits', async () => {
    await page.keyboard.press('Escape');
    expect(await details.filter('state:pending')).toBe(1);
    await expect(
      details.list.grid
        .getByText('Waiting to be sent')
        .or(details.list.grid.getByTitle('Waiting to be sent'))
        .or(details.list.grid.getByLabel(/Waiting to be sent/))
        .first(),
    ).toBeAttached();
  });
  await centre.control('fail?set=drop=0'); // for the test's own look; the app asks nothing meanwhile
  expect(await now(centre, activity), 'nothing has reached it').toEqual(before);
  await centre.control('fail?set=drop=1');

  await test.step('Changes lists them as waiting, also after a restart', async () => {
    await page.keyboard.press('Alt+4');
    for (const kind of ['Pair contact', 'Merge with ticket', 'New contact'])
      await expect(changes(page, kind).first()).toContainText('Waiting');
    await app.restart();
    await app.open(page);
    await page.keyboard.press('Alt+4');
    await expect(
      page.getByRole('main', { name: 'Changes' }).getByRole('row').filter({ hasText: 'Waiting' }),
    ).toHaveCount(4);
  });

  await test.step('online they are sent, once and in order', async () => {
    await centre.control('fail?set=drop=0');
    await expect
      .poll(
        async () => {
          // One whose outcome is unknown is left ten seconds to arrive.
          if (!/Syncing/.test(await pill(page).innerText())) await syncNow(page);
          return page.getByRole('main', { name: 'Changes' }).getByText('Sent', { exact: true }).count();
        },
        { timeout: 60_000, intervals: [3000] },
      )
      .toBe(4);
    const after = await now(centre, activity);
    expect(after.ticket?.name).toBeGreaterThan(0);
    const made = (await contacts(centre)).filter((one) => one.title === 'Pavla Zkušební');
    expect(made).toHaveLength(1);
    expect(after.contact?.name).toBe(made[0]?.name);
  });
});

test('E19 a conflict is settled either way, and a refusal tells why', async ({ app, centre, page }) => {
  const details = await opened(app, page);
  const all = await contacts(centre);
  const query = 'contact != empty AND activities = 1 AND answered:yes';
  await details.filter(query);
  const main = page.getByRole('main', { name: 'Changes' });

  /** Pairs the interaction of a row while somebody else pairs it with another contact. */
  const clash = async (at: number): Promise<{ activity: string; mine: string; theirs: string }> => {
    await details.filter(query);
    await details.open(at);
    const activity = await activityOf(details);
    const before = (await now(centre, activity)).contact;
    await centre.control('fail?set=drop=1');
    const card = await details.card('Contact');
    await card.getByRole('button', { name: 'Change contact…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Pair with a contact' });
    await details.search(dialog, 'a');
    const option = dialog
      .getByRole('option')
      .filter({ hasNotText: before?.title ?? '–' })
      .last();
    const mine = (await option.locator('.title').innerText()).trim();
    await option.click();
    await dialog.getByRole('button', { name: 'Pair', exact: true }).click();
    await expect(dialog).toHaveCount(0);
    // While nothing gets through: the lead's change must not come before the other one.
    const theirs = all.find((one) => one.title !== mine && one.title !== before?.title)!;
    await centre.change(`activities/${activity}`, { contact: theirs.name });
    await centre.control('fail?set=drop=0');
    await expect
      .poll(
        async () => {
          if (!/Syncing/.test(await pill(page).innerText())) await syncNow(page);
          return details.pane.locator('.crm').innerText();
        },
        { timeout: 60_000, intervals: [3000] },
      )
      .toContain(theirs.title);
    return { activity, mine, theirs: theirs.title };
  };

  await test.step('keep Daktela’s', async () => {
    const one = await clash(1);
    await page.keyboard.press('Alt+4');
    const row = changes(page, 'Conflict');
    await row.getByRole('button', { name: 'Review' }).click();
    const dialog = page.getByRole('dialog', { name: 'The interaction changed in Daktela' });
    await expect(dialog).toContainText(one.mine);
    await expect(dialog).toContainText(one.theirs);
    await dialog.getByRole('button', { name: 'Keep Daktela’s' }).click();
    await expect(dialog).toHaveCount(0);
    await expect(row).toHaveCount(0);
    expect((await now(centre, one.activity)).contact?.title).toBe(one.theirs);
    await page.keyboard.press('Alt+1');
  });

  await test.step('send mine', async () => {
    const one = await clash(2);
    await page.keyboard.press('Alt+4');
    await changes(page, 'Conflict').getByRole('button', { name: 'Review' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Send mine' }).click();
    await expect(main.getByText('Sent', { exact: true })).toBeVisible({ timeout: 30_000 });
    expect((await now(centre, one.activity)).contact?.title).toBe(one.mine);
    await page.keyboard.press('Alt+1');
  });

  await test.step('refused, with the contact centre’s own words, then sent after all', async () => {
    await details.filter(query);
    await details.open(3);
    const activity = await activityOf(details);
    await centre.control('fail?set=refuse=1');
    const card = await details.card('Contact');
    await card.getByRole('button', { name: 'Remove pairing' }).click();
    await page.keyboard.press('Alt+4');
    const row = changes(page, 'Remove pairing');
    await expect(row).toContainText('Refused', { timeout: 30_000 });
    await expect(row).toContainText('Uložení není nyní možné');
    expect((await now(centre, activity)).contact, 'it stands there as before').not.toBeNull();
    await centre.control('fail?set=refuse=0');
    await row.getByRole('button', { name: 'Retry' }).click();
    await expect(row).toContainText('Sent', { timeout: 30_000 });
    expect((await now(centre, activity)).contact).toBeNull();
  });
});

test('E22 what the role does not allow is there, disabled, with the reason', async ({
  app,
  centre,
  page,
}) => {
  const details = await opened(app, page);
  const { user } = await centre.read<{ user: { name: string } }>('whoim');
  for (const module of ['pActivities', 'contacts', 'qaReviews'])
    await centre.control(`access?login=${user.name}&module=${module}&mask=0`);
  await syncNow(page);
  await expect(pill(page)).toHaveText(/Up to date/, { timeout: 60_000 });
  await details.find('contact:empty AND activities = 1 AND answered:yes');
  for (const [which, button] of [
    ['Contact', 'Pair with existing contact…'],
    ['Contact', 'Add new contact…'],
    ['Ticket', 'Merge with ticket…'],
    ['QA review', 'Add QA review…'],
  ] as const) {
    const card = await details.card(which);
    await expect(card.getByRole('button', { name: button })).toBeDisabled();
    await expect(card).toContainText('Your role in Daktela doesn’t allow this.');
    await details.closeCard(card);
  }
  const start = details.pane.getByRole('button', { name: 'Start activity' });
  await expect(start).toBeDisabled();
  await expect(start).toHaveAttribute('title', /Your role/);
});
