import type { Page } from '@playwright/test';
import { expect } from './fixtures';
import { test } from './centre';
import { ask, everything, type Row, type Told } from './ask';
import { Details } from './details';

/** What would tell who a customer is, of all rows and of the whole of some. */
async function secretsOf(page: Page): Promise<Set<string>> {
  const { snapshot } = await ask<{ snapshot: string }>(page, 'Interactions', 'Search', everything);
  const { rows } = await ask<{ rows: Row[] }>(page, 'Interactions', 'Window', snapshot, 0, 200);
  const texts = rows.flatMap((row) => [
    row.contact,
    row.account,
    row.wa,
    row.waNumber,
    row.sender,
    row.title,
    ...row.tickets,
  ]);
  for (const row of rows.slice(0, 20)) {
    const told = await ask<Told>(page, 'Details', 'Open', row.name);
    texts.push(
      ...told.activities.flatMap((one) => [one.title, one.description]),
      ...told.messages.flatMap((one) => [one.text, one.cardName, one.cardNumber, one.place]),
      ...(told.contact ? [...told.contact.numbers, ...told.contact.emails, told.contact.description] : []),
      ...told.reviews
        .flatMap((one) => one.answers.filter((answer) => answer.type === 'TEXTAREA'))
        .flatMap((one) => one.answers),
    );
  }
  // What has no digit and is one short word may as well be a word of the screen.
  return new Set(
    texts
      .map((text) => text.trim())
      .filter((text) => /\d{4}/.test(text) || (text.length > 8 && text.includes(' '))),
  );
}

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

test('E35 presentation mode names no customer on any screen, in any dialog, on the clipboard or on the way', async ({
  app,
  centre,
  page,
}) => {
  test.slow();
  page.setDefaultTimeout(30_000);
  await app.open(page);
  const details = new Details(page);
  await expect(page.getByRole('banner').getByRole('button', { name: /^Synchronisation/ })).toHaveText(
    /Up to date/,
    {
      timeout: 60_000,
    },
  );
  await details.find('contact != empty AND messages > 4 AND activities = 1 AND answered:yes');
  const name = await details.name();
  const told = await ask<Told>(page, 'Details', 'Open', name);
  const customer = told.row.contact;

  // A review with a free answer, a conflict and a view that looks for the customer.
  const activity = told.activities[0]!.name;
  const others = (await centre.read<{ data: { name: string; title: string }[] }>('contacts')).data.filter(
    (one) => one.title !== customer,
  );
  await centre.change(`activities/${activity}`, { contact: others[1]!.name });
  await ask(page, 'Changes', 'Pair', activity, others[0]!.name);
  await ask(page, 'Sync', 'Start', { from: '', to: '', deep: false });
  await expect
    .poll(async () => (await ask<{ state: string }[]>(page, 'Changes', 'List')).map((one) => one.state), {
      timeout: 60_000,
    })
    .toContain('conflict');
  await ask(page, 'Views', 'SaveView', {
    id: '',
    title: customer,
    key: '',
    builtIn: false,
    columns: [],
    filter: { ...everything, contact: customer },
  });
  const secrets = await secretsOf(page);
  secrets.add(customer);
  secrets.add(others[0]!.title);
  secrets.add(others[1]!.title);
  expect(secrets.size, 'there is something to find').toBeGreaterThan(300);

  // The filter looks for the customer before presentation mode is on.
  await details.filter(`contact:"${customer}" OR contact:"${others[0]!.title}"`);
  const before = await details.list.shown();
  await expect(page).toHaveURL(new RegExp(encodeURIComponent(customer.split(' ')[0]!)));

  const leaks = (text: string) => [...secrets].filter((secret) => text.includes(secret));
  const onTheWay: string[] = [];
  const pending: Promise<unknown>[] = [];
  const clean = async (where: string) => {
    await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
    const shown = await page.evaluate(() => {
      const typed = [...document.querySelectorAll<HTMLInputElement>('input, textarea')].map(
        (one) => one.value,
      );
      return [
        document.title,
        decodeURIComponent(location.href),
        document.documentElement.outerHTML,
        ...typed,
      ].join('\n');
    });
    const clipboard = await page.evaluate(() => navigator.clipboard.readText());
    expect(leaks(shown), `${where}: on the page`).toEqual([]);
    expect(leaks(clipboard), `${where}: on the clipboard`).toEqual([]);
  };

  await page.keyboard.press('Control+Shift+h');
  await expect(page.getByRole('banner')).toContainText('Presentation mode');
  await expect(page).toHaveURL(/%E2%80%A2/);
  page.on('response', (reply) => {
    if (!reply.url().includes('/call/')) return;
    pending.push(
      reply.text().then(
        (text) => onTheWay.push(...leaks(text).map((leak) => `${reply.url()}: ${leak}`)),
        () => {},
      ),
    );
  });
  await page.reload();
  await details.list
    .rows()
    .first()
    .waitFor()
    .catch(() => {});
  await clean('the list, filtered by the customer');
  expect(await details.list.shown(), 'the filter finds the same').toBe(before);

  await test.step('the filter bar, its chips and the advanced filter', async () => {
    await page.getByRole('button', { name: 'Advanced filter' }).click();
    const sheet = page.getByRole('dialog', { name: 'Advanced filter' });
    await expect(sheet.getByRole('textbox', { name: 'Text form' })).toHaveValue(/•••/);
    await clean('the advanced filter');
    await page.keyboard.press('Escape');
    await page.getByRole('banner').locator('button.view').click();
    await clean('the saved views');
    await page.keyboard.press('Escape');
  });

  await details.filter('contact != empty AND messages > 4 AND activities = 1 AND answered:yes');
  await test.step('the menu of a row, and what it copies', async () => {
    await details.list.rows().first().getByRole('gridcell').nth(4).click({ button: 'right' });
    await clean('the menu of a row');
    await page.getByRole('menuitem', { name: 'Copy row' }).click();
    await clean('a copied row');
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('Contact ');
    await details.list.rows().first().getByRole('gridcell').nth(4).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Anonymise…' }).click();
    await expect(page.getByRole('alertdialog')).toContainText('Will be deleted');
    await clean('the dialog to anonymise');
    await page.keyboard.press('Escape');
  });
  await test.step('the rows that are selected', async () => {
    await details.list.rows().first().getByRole('checkbox').click();
    await page.getByRole('button', { name: 'Copy', exact: true }).click();
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/^Time \(/);
    await clean('copied rows');
    await page.keyboard.press('Control+e');
    await page.getByRole('dialog').getByRole('table').waitFor();
    await clean('the export before consent');
    await page.keyboard.press('Escape');
  });
  await test.step('the details', async () => {
    await details.open();
    for (const tab of [details.wap, details.activity]) {
      await tab.click();
      await clean('the details');
    }
    for (const which of ['Contact', 'Account', 'Ticket', 'QA review'] as const) {
      const card = await details.card(which);
      await clean(`the card ${which}`);
      await details.closeCard(card);
    }
    const card = await details.card('Contact');
    await card.getByRole('button', { name: 'Change contact…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Pair with a contact' });
    await details.search(dialog, 'a');
    await expect(dialog.getByRole('option').first()).toContainText('Contact ');
    await clean('pairing');
    await dialog.getByRole('button', { name: 'New contact' }).click();
    await expect(page.getByRole('dialog')).toContainText('not filled in');
    await clean('a new contact');
    await page.keyboard.press('Escape');
  });
  await test.step('overview, changes with a conflict, settings', async () => {
    await page.keyboard.press('Alt+2');
    await clean('the overview');
    await page.keyboard.press('Alt+4');
    await page.getByRole('main', { name: 'Changes' }).getByRole('button', { name: 'Review' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Send mine' }).waitFor();
    await clean('a conflict');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Alt+5');
    await clean('the settings');
    await page.getByRole('link', { name: 'Data and privacy' }).click();
    await page.getByRole('button', { name: 'Find a person…' }).waitFor();
    await clean('the settings of data');
    await page.getByRole('button', { name: 'Show the ledger…' }).click();
    await expect(page.getByRole('dialog', { name: 'Ledger' }).getByRole('table')).toBeVisible();
    await clean('the ledger');
    await page.keyboard.press('Escape');
  });
  await test.step('everything about one person', async () => {
    await page.getByRole('button', { name: 'Find a person…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Everything about one person' });
    await dialog.getByRole('textbox').fill(customer);
    await dialog.getByRole('button', { name: 'Find', exact: true }).click();
    await expect(dialog.getByRole('region', { name: 'Interactions that name the person' })).toBeVisible();
    await dialog.getByRole('textbox').fill(''); // what is typed is not the program's to hide
    await clean('a person');
    await page.keyboard.press('Escape');
  });
  await Promise.all(pending);
  expect(onTheWay, 'what the program answers').toEqual([]);

  await page.keyboard.press('Alt+1');
  await page.keyboard.press('Control+Shift+h');
  await expect(page.getByRole('banner')).not.toContainText('Presentation mode: customers hidden');
  await expect(details.list.rows().first()).not.toContainText('Contact ');
});
