import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test as demo } from './fixtures';
import { found, holding, marksWithin, stranger, traces, where } from './ask';
import { test } from './centre';
import { Details } from './details';
import { command, filesBelow } from './program';
import { Table } from './table';

test('E20 one interaction is anonymised for good @windows', async ({ app, centre, page }) => {
  const details = new Details(page);
  await app.open(page);
  const pill = page.getByRole('banner').getByRole('button', { name: /^Synchronisation/ });
  await expect(pill).toHaveText(/Up to date/, { timeout: 60_000 });
  const who = await stranger(page);
  const total = await details.filter(`id:"${who.name}" OR messages = 0`);
  const row = details.list.rows().filter({ hasText: who.person });
  await row.getByRole('button', { name: 'Open details' }).click();
  await details.pane.getByRole('heading', { name: 'Activities' }).waitFor();
  expect(await details.name()).toBe(who.name);
  const before = {
    queue: await details.fact('Queue').innerText(),
    duration: await details.fact('Duration').innerText(),
    time: await details.fact('Time').innerText(),
  };
  const shown = () => page.evaluate(() => document.documentElement.outerHTML);
  expect(traces(who, await shown()), 'the test sees what there is').toHaveLength(3);

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
    await details.closeCard(card);
  });
  await test.step('gone from the list that was open, which keeps its row', async () => {
    await page.keyboard.press('Escape');
    await expect(details.pane).toHaveCount(0);
    await expect(row).toHaveCount(0);
    expect(await details.list.total()).toBe(total);
    await expect.poll(async () => traces(who, await shown()), 'nothing of it is on the page').toEqual([]);
  });

  const gone = async () => {
    expect(await details.filter('activities = 1 OR activities != 1'), 'the total stays').toBe(240);
    await details.filter(`id:"${who.name}"`);
    for (const column of ['Contact', 'Title', 'WhatsApp contact'])
      await expect.poll(async () => (await new Table(page).column(column))[0], column).toBe('Anonymised');
    for (const filter of [{ contact: who.person }, { sender: who.number }])
      expect(await found(page, filter), 'not found by name or number').toEqual([]);
    const words = who.words.replaceAll('"', '\\"').slice(0, 60);
    await page.evaluate(
      (q) => (location.hash = `#/interactions?q=${encodeURIComponent(q)}`),
      `time:all AND id:"${who.name}" AND text:"${words}"`,
    );
    await expect(page.getByRole('button', { name: 'Clear filter' }), 'nor by its words').toBeVisible();
    await details.find(`id:"${who.name}"`);
    expect(traces(who, await details.pane.innerHTML())).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(details.pane).toHaveCount(0);
  };
  await test.step('gone from lists and from search, and the row stays', gone);

  const sync = async () => {
    await pill.click();
    await page
      .getByRole('dialog', { name: /^Synchronisation/ })
      .getByRole('button', { name: 'Sync now' })
      .click();
    await page.keyboard.press('Escape');
  };
  await test.step('a later sync does not bring it back', async () => {
    await sync();
    await expect(pill).toHaveText(/Up to date/, { timeout: 60_000 });
    await gone();
  });

  await test.step('Changes keeps what is to be done in Daktela until a sync shows it done', async () => {
    await page.keyboard.press('Alt+4');
    const change = page
      .getByRole('main', { name: 'Changes' })
      .getByRole('row')
      .filter({ hasText: 'Anonymise in Daktela' });
    await expect(change).toContainText('To do in Daktela');
    await expect(change.getByRole('button', { name: 'Open in Daktela' })).toBeVisible();
    await centre.control(`anonymise?name=${who.name}`);
    await sync();
    await expect(change).toContainText('Confirmed by Daktela', { timeout: 40_000 });
  });

  await test.step('nothing of it is in the files, nor in new exports', async () => {
    await app.restart(() => expectGone(app.home, [who.person, who.number, who.words]));
  });
});

/** Looks for what told of customers in every file of the data and in what is exported from them now. */
async function expectGone(home: string, marks: string[], more: string[] = []) {
  const exports = path.join(home, 'exports');
  await mkdir(exports);
  for (const [file, ...how] of [['list.csv'], ['talk.txt', '--transcript', 'txt']]) {
    const out = path.join(exports, file!);
    const done = await command(home, [...more, 'export', '--out', out, '--time', 'all', ...how]);
    expect(done.code, done.err).toBe(0);
  }
  const left: string[] = [];
  const files = [...(await filesBelow(path.join(home, 'data'))), ...(await filesBelow(exports))];
  for (const file of files) {
    const here = holding(marks, await readFile(file));
    if (here.length > 0) left.push(`${path.basename(file)}: ${here.join(', ')}`);
  }
  expect(files.length).toBeGreaterThan(3);
  expect(left).toEqual([]);
}

demo(
  'E21 1,200 and more are anonymised by their number, stopped in between, and listed',
  async ({ app, page }) => {
    demo.slow();
    const details = new Details(page);
    await app.open(page);
    const many = 'messages > 6 AND NOT state:anonymised';
    const marks = await marksWithin(page, where('messages', 'gt', '6'));
    expect(marks.length).toBeGreaterThan(10);
    const total = await details.filter(many);
    expect(total).toBeGreaterThan(1300);
    const dialog = page.getByRole('alertdialog');
    const progress = dialog.getByRole('progressbar');
    /** Asks for what is listed to be anonymised, and types its number. */
    const ask = async (n: number) => {
      await page.getByRole('grid').getByRole('checkbox', { name: 'Select all that match' }).click();
      const bar = page.getByRole('toolbar', { name: 'Selected interactions' });
      await bar.getByRole('button', { name: 'Anonymise…' }).click();
      await expect(dialog).toContainText(`To confirm, type ${n}`);
      const confirm = dialog.getByRole('button', { name: new RegExp(`^Anonymise [\\d,]+ interactions`) });
      await expect(confirm).toBeDisabled();
      const field = dialog.getByRole('textbox');
      await field.fill(String(n - 1));
      await expect(confirm).toBeDisabled();
      await field.fill(String(n));
      return confirm;
    };
    const result = async () => {
      await expect(dialog.getByRole('heading', { name: 'Result' })).toBeVisible({ timeout: 60_000 });
      const text = await dialog.innerText();
      await dialog.getByRole('button', { name: 'Close' }).last().click();
      return {
        text,
        erased: Number(/([\d,]+) interactions? anonymised/.exec(text)?.[1]?.replace(',', '') ?? '0'),
      };
    };

    const first = await ask(total);
    await Promise.all([
      expect(progress).toBeVisible(),
      first.click().then(() => dialog.getByRole('button', { name: 'Stop' }).click()),
    ]);
    const stopped = await result();
    expect(stopped.text).toContain('Stopped. The rest is unchanged.');
    expect(stopped.erased).toBeGreaterThan(0);
    expect(stopped.erased).toBeLessThan(total - 1200);

    const rest = await details.filter(many);
    expect(rest).toBe(total - stopped.erased);
    const second = await ask(rest);
    await Promise.all([expect(progress).toBeVisible(), second.click()]);
    const done = await result();
    expect(done.erased).toBe(rest);
    expect(done.text).not.toContain('Stopped');
    const shown = () => page.evaluate(() => document.documentElement.outerHTML);
    await expect.poll(async () => holding(marks, await shown()), 'in the list that is open').toEqual([]);
    expect(await details.filter('state:anonymised')).toBeGreaterThanOrEqual(total);
    await app.restart(() => expectGone(app.home, marks, ['--demo']));
  },
);

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
  const who = await stranger(page);
  await details.find(`id:"${who.name}"`);
  await details.pane.getByRole('button', { name: 'Anonymise…' }).click();
  const dialog = page.getByRole('alertdialog');
  await expect(dialog).toContainText('Nothing is asked of Daktela: its copy stays.');
  const confirm = dialog.getByRole('button', { name: 'Anonymise interaction' });
  await dialog.getByRole('checkbox', { name: 'I understand this can’t be undone' }).click();
  await expect(confirm).toBeDisabled();
  await dialog.getByRole('checkbox', { name: /^Only this computer’s copy goes/ }).click();
  await confirm.click();
  await expect(dialog).toBeHidden();
  await expect
    .poll(async () => traces(who, await page.evaluate(() => document.documentElement.outerHTML)))
    .toEqual([]);
  for (const filter of [{ contact: who.person }, { sender: who.number }])
    expect(await found(page, filter)).toEqual([]);
  await page.keyboard.press('Alt+4');
  await expect(page.getByRole('main', { name: 'Changes' })).not.toContainText('Anonymise in Daktela');
  const there = await centre.read<{ title: string }>(`activitiesWap/${who.name}`);
  expect(there.title, 'in Daktela everything stays').not.toBe('');
  await app.restart(() => expectGone(app.home, [who.person, who.number, who.words]));
});
