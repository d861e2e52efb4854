import { readFile } from 'node:fs/promises';
import { expect, test } from './fixtures';
import { test as connected } from './centre';
import { Details } from './details';

test('a transcript is saved as text, as PDF and as JSON Lines', async ({ app, page }) => {
  const details = new Details(page);
  await app.open(page);
  await details.find('messages > 5 AND contact != empty');
  const name = await details.name();
  const save = async (kind: string) => {
    await details.pane.getByRole('button', { name: 'Save transcript' }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: kind }).click();
    return readFile(await (await download).path());
  };
  const messages = (await details.chat.locator('[data-message]').count()) as number;
  expect((await save('Plain text')).toString('utf8')).toContain(name);
  expect((await save('PDF to read and print')).subarray(0, 5).toString()).toBe('%PDF-');
  const lines = (await save('JSON Lines for programs')).toString('utf8').trim().split('\n');
  const said = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(JSON.stringify(said)).toContain(name);
  expect(messages).toBeGreaterThan(5);
});

test('a ticket shows its activities of other interactions, and leads there', async ({ app, page }) => {
  const details = new Details(page);
  await app.open(page);
  await details.filter('ticket != empty AND contact != empty');
  let found = false;
  for (let row = 0; row < 20 && !found; row++) {
    await details.open(row);
    const here = await details.name();
    const card = await details.card('Ticket');
    const others = card.getByRole('list', { name: 'Other activities of this ticket' }).first();
    found = (await others.count()) > 0;
    if (!found) {
      await details.closeCard(card);
      continue;
    }
    const ticket = /#(\d+)/.exec(await card.innerText())![0];
    await others.getByRole('button').first().click();
    await expect(card).toHaveCount(0);
    await expect(details.activity).toHaveAttribute('aria-selected', 'true');
    await expect(details.activities).toContainText(ticket);
    expect(await details.name()).not.toBe(here);
  }
  expect(found, 'a ticket with several interactions among the first rows').toBe(true);
});

connected.describe('an interaction that is not stored', () => {
  connected.use({ centreArgs: ['--interactions', '200', '--days', '90'] });

  connected('is downloaded by its name, and by that of its activity', async ({ app, centre, page }) => {
    const details = new Details(page);
    await app.open(page);
    const pill = page.getByRole('banner').getByRole('button', { name: /^Synchronisation/ });
    await expect(pill).toHaveText(/Up to date/, { timeout: 60_000 });
    const old = await centre.read<{ data: { name: string; item: { name: string } }[] }>(
      'activities?sort[0][field]=time&sort[0][dir]=asc&take=4&filter[0][field]=type&filter[0][operator]=eq&filter[0][value]=WAP',
    );
    const [first, , , last] = old.data;
    const goTo = (name: string) =>
      page.evaluate((hash) => (location.hash = hash), `#/interactions/${name}/wap`);
    const download = details.pane.getByRole('button', { name: 'Download this interaction' });

    await goTo(first!.item.name);
    await download.click();
    await expect(details.chat).toBeVisible();
    expect(await details.name()).toBe(first!.item.name);

    await goTo(last!.name);
    await download.click();
    await expect(details.pane.getByText(last!.name, { exact: true }).first()).toBeVisible();
    expect(await details.name()).toBe(last!.item.name);

    await goTo('wap_that_never_was');
    await download.click();
    await expect(details.pane.getByRole('alert').or(details.pane.locator('.notice'))).toBeVisible();

    await centre.stop();
    await pill.click();
    await page
      .getByRole('dialog', { name: /^Synchronisation/ })
      .getByRole('button', { name: /^(Sync now|Try again)$/ })
      .click();
    await page.keyboard.press('Escape');
    await expect(pill).toHaveText(/Offline/, { timeout: 40_000 });
    await expect(download).toBeDisabled();
    await expect(
      details.pane.getByText('It can be downloaded when you’re back.', { exact: false }),
    ).toBeVisible();
  });
});
