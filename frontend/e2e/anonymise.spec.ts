import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test as demo } from './fixtures';
import { test } from './centre';
import { Details } from './details';
import { filesBelow } from './program';
import { Table } from './table';

test('E20 one interaction is anonymised for good', async ({ app, centre, page }) => {
  const details = new Details(page);
  const table = new Table(page);
  await app.open(page);
  const pill = page.getByRole('banner').getByRole('button', { name: /^Synchronisation/ });
  await expect(pill).toHaveText(/Up to date/, { timeout: 60_000 });
  const total = await details.filter('contact != empty AND messages > 6 AND activities = 1');
  await details.open();
  const name = await details.name();
  const before = {
    number: (await details.fact('WhatsApp contact').getAttribute('title')) ?? '',
    queue: await details.fact('Queue').innerText(),
    duration: await details.fact('Duration').innerText(),
    time: await details.fact('Time').innerText(),
  };
  const said = (
    await details.chat.getByRole('article').first().locator('p, .text').first().innerText()
  ).trim();
  expect(before.number.length).toBeGreaterThan(6);
  expect(said.length).toBeGreaterThan(5);

  await test.step('the dialog says what goes and what stays, and asks', async () => {
    const open = details.pane.getByRole('button', { name: 'Anonymise…' });
    await open.click();
    const dialog = page.getByRole('alertdialog', { name: 'Anonymise this interaction?' });
    await expect(dialog).toContainText('Will be deleted');
    await expect(dialog).toContainText(/\d+ messages/);
    await expect(dialog).toContainText('Times, queue, user, durations, result. Totals stay the same.');
    await expect(dialog).toContainText('Has to be done there.');
    await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
    const confirm = dialog.getByRole('button', { name: 'Anonymise interaction' });
    await expect(confirm).toBeDisabled();
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    await expect(open).toBeFocused();
    await open.click();
    await dialog.getByRole('checkbox').check();
    await confirm.click();
    await expect(dialog).toHaveCount(0);
  });

  await test.step('gone from the details at once, and what stays is there', async () => {
    await expect(details.heading).toHaveText('Anonymised');
    await expect(details.pane).toContainText(/Anonymised .*\d{4}/);
    await expect(details.pane).not.toContainText(said);
    await expect(details.fact('WhatsApp contact')).toHaveText('Anonymised');
    expect(await details.fact('Queue').innerText()).toBe(before.queue);
    expect(await details.fact('Duration').innerText()).toBe(before.duration);
    expect(await details.fact('Time').innerText()).toBe(before.time);
    await expect(
      details.pane.getByRole('region', { name: 'Process of wap' }).getByRole('table'),
    ).toBeVisible();
    await expect(details.pane.getByRole('button', { name: 'Anonymise…' })).toBeDisabled();
    const card = await details.card('Contact');
    await expect(card.getByRole('button', { name: 'Pair with existing contact…' })).toBeDisabled();
    await page.keyboard.press('Escape');
  });

  const gone = async () => {
    await page.keyboard.press('Escape');
    await expect(details.pane).toHaveCount(0);
    expect(await details.filter('activities = 1 OR activities != 1'), 'the total stays').toBe(240);
    await details.filter(`id:"${name}"`);
    await expect.poll(async () => (await table.column('Contact'))[0]).toBe('Anonymised');
    expect((await table.column('Title'))[0]).toBe('Anonymised');
    expect((await table.column('WhatsApp contact'))[0]).toBe('Anonymised');
    const words = said.replaceAll('"', '\\"').slice(0, 60);
    await page.evaluate(
      (q) => (location.hash = `#/interactions?q=${encodeURIComponent(q)}`),
      `time:all AND id:"${name}" AND text:"${words}"`,
    );
    await expect(page.getByRole('button', { name: 'Clear filter' }), 'nor by its words').toBeVisible();
    await details.filter(`id:"${name}"`);
    await details.open();
  };
  await test.step('gone from the list and from search, and the row stays', gone);

  await test.step('a later sync does not bring it back', async () => {
    await pill.click();
    await page
      .getByRole('dialog', { name: /^Synchronisation/ })
      .getByRole('button', { name: 'Sync now' })
      .click();
    await page.keyboard.press('Escape');
    await expect(pill).toHaveText(/Up to date/, { timeout: 60_000 });
    await gone();
    expect(await details.filter('contact != empty AND messages > 6 AND activities = 1')).toBe(total - 1);
  });

  await test.step('Changes keeps what is to be done in Daktela until a sync shows it done', async () => {
    await page.keyboard.press('Alt+3');
    const row = page
      .getByRole('main', { name: 'Changes' })
      .getByRole('row')
      .filter({ hasText: 'Anonymise in Daktela' });
    await expect(row).toContainText('To do in Daktela');
    await expect(row.getByRole('button', { name: 'Open in Daktela' })).toBeVisible();
    await centre.control(`anonymise?name=${name}`);
    await pill.click();
    await page
      .getByRole('dialog', { name: /^Synchronisation/ })
      .getByRole('button', { name: 'Sync now' })
      .click();
    await page.keyboard.press('Escape');
    await expect(row).toContainText('Confirmed by Daktela', { timeout: 40_000 });
  });

  await test.step('no byte of it is left in the files', async () => {
    let found: string[] = [];
    await app.restart(async () => {
      for (const file of await filesBelow(path.join(app.home, 'data'))) {
        const bytes = await readFile(file);
        // The number may stand in the customer's other interactions, so the words are looked for.
        if (bytes.includes(said)) found = [...found, path.basename(file)];
      }
    });
    expect(found).toEqual([]);
  });
});

demo('E21 many are anonymised by their number, stopped in between, and listed', async ({ app, page }) => {
  const details = new Details(page);
  await app.open(page);
  let total = 0;
  for (const least of [8, 10, 12, 15, 18]) {
    total = await details.filter(`messages > ${least} AND NOT state:anonymised`);
    if (total <= 1000) break; // soon done
  }
  expect(total).toBeGreaterThan(150);
  await page.getByRole('grid').getByRole('checkbox', { name: 'Select all that match' }).click();
  const bar = page.getByRole('toolbar', { name: 'Selected interactions' });
  await bar.getByRole('button', { name: 'Anonymise…' }).click();
  const dialog = page.getByRole('alertdialog');
  await expect(dialog).toContainText(`To confirm, type ${total}`);
  const confirm = dialog.getByRole('button', { name: new RegExp(`^Anonymise \\d+ interactions`) });
  await expect(confirm).toBeDisabled();
  const field = dialog.getByRole('textbox');
  await field.fill(String(total - 1));
  await expect(confirm).toBeDisabled();
  await field.fill(String(total));
  await Promise.all([
    expect(dialog.getByRole('progressbar')).toBeVisible(),
    confirm.click().then(() => dialog.getByRole('button', { name: 'Stop' }).click()),
  ]);
  await expect(dialog.getByRole('heading', { name: 'Result' })).toBeVisible({ timeout: 60_000 });
  await expect(dialog).toContainText('Stopped. The rest is unchanged.');
  const erased = Number(/(\d+) interactions? anonymised/.exec(await dialog.innerText())?.[1] ?? '0');
  expect(erased).toBeLessThan(total);
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  expect(erased).toBeGreaterThan(0);
  await details.filter('messages > 0');
  expect(await details.filter('state:anonymised')).toBeGreaterThanOrEqual(erased);
});

test('E22 a role that forbids anonymising leaves this copy to erase, which has to be agreed to', async ({
  app,
  centre,
  page,
}) => {
  const { user } = await centre.read<{ user: { name: string } }>('whoim');
  await centre.control(`access?login=${user.name}&module=gdprPolicy&mask=0`);
  const details = new Details(page);
  await app.open(page);
  const pill = page.getByRole('banner').getByRole('button', { name: /^Synchronisation/ });
  await expect(pill).toHaveText(/Up to date/, { timeout: 60_000 });
  await pill.click();
  await page
    .getByRole('dialog', { name: /^Synchronisation/ })
    .getByRole('button', { name: 'Sync now' })
    .click();
  await page.keyboard.press('Escape');
  await details.filter('messages > 3');
  await details.open();
  await details.pane.getByRole('button', { name: 'Anonymise…' }).click();
  const dialog = page.getByRole('alertdialog');
  await expect(dialog).toContainText('Nothing is asked of Daktela: its copy stays.');
  const confirm = dialog.getByRole('button', { name: 'Anonymise interaction' });
  await dialog.getByRole('checkbox', { name: 'I understand this can’t be undone' }).click();
  await expect(confirm).toBeDisabled();
  await dialog.getByRole('checkbox', { name: /^Only this computer’s copy goes/ }).click();
  await confirm.click();
  await expect(dialog).toBeHidden();
  expect(await details.filter('state:anonymised')).toBeGreaterThan(0);
});
