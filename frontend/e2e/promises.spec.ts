import { test as connected } from './centre';
import { Details } from './details';
import { expect, test as base } from './fixtures';
import { List } from './list';

base.describe('views as text', () => {
  base.use({ permissions: ['clipboard-read', 'clipboard-write'] });

  base('a view is copied as text and pasted elsewhere; what is none is refused', async ({ app, page }) => {
    await app.open(page);
    const list = new List(page);
    await list.shown();
    const menu = page.getByRole('banner').getByTitle('Saved views');
    const pick = async (name: string) => {
      await menu.click();
      await page.getByRole('menuitem', { name }).click();
    };
    await pick('Missed – not contacted back');
    const missed = await list.show('Everything stored');
    await pick('Copy as text');
    await expect(page.getByRole('status').filter({ hasText: 'View copied as text' })).toBeAttached();
    const text = await page.evaluate(() => navigator.clipboard.readText());
    expect(text).toContain('wapdesk view: Missed – not contacted back\nfilter: missed:waiting\n');
    expect(text).toContain('columns: time, queue, user,');

    await pick('All interactions');
    await list.shown();
    await pick('Paste view…');
    const dialog = page.getByRole('dialog', { name: 'Paste a view' });
    const box = dialog.getByRole('textbox', { name: 'Text of the view' });
    const save = dialog.getByRole('button', { name: 'Save and show' });
    await expect(box).toBeFocused();
    for (const [wrong, why] of [
      ['Dear colleague', 'That isn’t the text of a view.'],
      [text.replace('missed:waiting', 'missed:wating'), '“wating” is not a value of this field'],
      [text.replace('missed:waiting', 'user:"Nobody Here"'), 'There is no user Nobody Here'],
    ] as const) {
      await box.fill(wrong);
      await save.click();
      await expect(dialog).toContainText(why);
    }
    await box.fill(text.replace('Missed – not contacted back', 'From a colleague'));
    await save.click();
    await expect(dialog).toHaveCount(0);
    await expect(menu).toHaveText(/^From a colleague\s*$/);
    await expect.poll(() => list.total()).toBe(missed);
  });

  base('diagnostics are copied, with the end of the log and the last syncs', async ({ app, page }) => {
    await app.open(page, '#/settings/about');
    await page.getByRole('button', { name: 'Copy diagnostics' }).click();
    await expect(page.getByRole('status').filter({ hasText: 'Diagnostics copied' })).toBeAttached();
    const told = JSON.parse(await page.evaluate(() => navigator.clipboard.readText()));
    expect(told).toMatchObject({ kind: 'demo', interactions: 5000, changes: { refused: 1 } });
    expect(told.engine).toContain('Chrome');
    expect(told.syncs[0]).toMatchObject({ kind: 'usual', stored: 5000 });
    expect(told.log.join('\n')).toContain('msg="profile opened"');

    await page.getByRole('button', { name: 'Show the texts' }).click();
    const licences = page.getByRole('dialog', { name: 'Licences' });
    await expect(licences).toContainText('modernc.org/sqlite');
    await expect(licences).toContainText('Permission is hereby granted');
    await page.keyboard.press('Escape');
    await expect(licences).toHaveCount(0);
  });

  base('the call that anonymises in Daktela is kept only when it can be sent', async ({ app, page }) => {
    await app.open(page, '#/settings/data');
    const main = page.getByRole('main', { name: 'Data and privacy' });
    const method = main.getByLabel('Anonymising in Daktela');
    const said = main.getByRole('status').filter({ hasText: /^Saved/ }); // the disk has a notice beside it
    await expect(method).toHaveValue('');
    await method.selectOption('POST');
    const path = main.getByLabel('Path, with {name} for the unique name');
    await path.fill('/api/v6/anonymize.json');
    await main.getByRole('button', { name: 'Save the call' }).click();
    await expect(main).toContainText('The call can’t be sent. It needs a method');
    await path.fill('/api/v6/anonymize/{name}.json');
    await main.getByLabel('Body (JSON), or empty').fill('{"reason": "asked for"}');
    await main.getByRole('button', { name: 'Save the call' }).click();
    await expect(said).toHaveText('Saved. What is still to be done in Daktela will be sent.');
    await expect(main).not.toContainText('The call can’t be sent');
    await page.reload();
    await expect(method).toHaveValue('POST');
    await expect(path).toHaveValue('/api/v6/anonymize/{name}.json');
    await method.selectOption('By hand');
    await expect(said).toHaveText('Saved. It is done in Daktela by hand.');
    await expect(path).toHaveCount(0);
  });
});

base(
  'export defaults are chosen in the settings, and the dialog starts with them as the help says',
  async ({ app, page }) => {
    await app.open(page, '#/settings/export');
    const main = page.getByRole('main', { name: 'Export defaults' });
    await main.getByText('CSV .csv').click();
    await main.getByLabel('Durations').selectOption('Seconds');
    await main.getByLabel('Columns').selectOption('All 14');
    await main.getByLabel('Missed and Answered').selectOption('Raw values');
    await page.keyboard.press('Alt+1');
    await new List(page).shown();
    await page.keyboard.press('F1');
    const help = page.getByRole('dialog', { name: 'Help' });
    await expect(help.getByRole('heading', { name: 'Export, step by step' })).toBeAttached();
    await expect(help.getByRole('listitem').filter({ hasText: 'Choose Export (Ctrl+E)' })).toBeAttached();
    await expect(help.getByRole('listitem').filter({ hasText: 'ticks all that match' })).toBeAttached();
    // A word of either language finds its topic, and of the columns those that it is about.
    const find = help.getByRole('searchbox', { name: 'Find in help' });
    for (const word of ['doubtful', 'NEJISTE']) {
      await find.fill(word);
      await expect(help.getByRole('term')).toHaveText(['Focus time']);
      await expect(help.getByRole('navigation').getByRole('button')).toHaveText(['What the columns say']);
      await expect(help.getByRole('status')).toHaveText('1 topic');
    }
    await find.fill('ctrl+e');
    await expect(help.getByRole('term').first()).toHaveText('Ctrl+E');
    await find.fill('nothing says this');
    await expect(help.getByText('Nothing in the help matches “nothing says this”.')).toBeVisible();
    await find.fill('');
    await expect(help.getByRole('img', { name: 'The customer enters the queue' })).toBeAttached();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+e');
    const dialog = page.getByRole('dialog', { name: 'Export' });
    await expect(dialog.getByRole('radio', { name: 'CSV .csv' })).toBeChecked();
    await expect(dialog.getByLabel('Durations')).toHaveValue('seconds');
    await expect(dialog.getByLabel('Columns')).toHaveValue('all');
    await expect(dialog.getByLabel('Missed and Answered')).toHaveValue('raw');
    await page.keyboard.press('Escape');

    await page.keyboard.press('Alt+5');
    await page.getByRole('link', { name: 'Export defaults' }).click();
    await main.getByRole('button', { name: 'Reset to defaults' }).click();
    await expect(main.getByRole('radio', { name: 'Excel .xlsx' })).toBeChecked();
    await expect(main.getByRole('button', { name: 'Reset to defaults' })).toBeDisabled();
  },
);

connected.describe('profiles', () => {
  connected.use({ stored: true });

  connected(
    'one goes over to another and back, which shows nothing of the one before; what waits is said at the end',
    async ({ app, page }) => {
      await app.open(page);
      const list = new List(page);
      await list.shown();
      const own = await list.show('Everything stored');
      const menu = page.getByRole('button', { name: 'Menu', exact: true });
      const goTo = async (name: RegExp) => {
        await menu.click();
        await page.getByRole('menuitem', { name }).click();
      };
      await goTo(/^Go to Demo data$/);
      await expect(page).toHaveTitle(/Demo data/);
      await list.shown();
      await expect.poll(() => list.show('Everything stored')).toBe(5000);
      await page.evaluate(() => (location.hash = '#/settings/connection'));
      const main = page.getByRole('main', { name: 'Connection' });
      await expect(main).toContainText(/Signed in as\s*\p{L}+ \p{L}+/u);
      await main.getByRole('button', { name: /^Go to 127\.0\.0\.1/ }).click();
      await expect(page).not.toHaveTitle(/Demo data/);
      await list.shown();
      await expect.poll(() => list.show('Everything stored')).toBe(own);

      // The secret of the profile came from the environment and is not kept: what is changed waits.
      const row = list.rows().filter({ has: page.getByRole('button', { name: 'Pair' }) });
      await row.first().getByRole('button', { name: 'Pair' }).click();
      const dialog = page.getByRole('dialog', { name: 'Pair with a contact' });
      await new Details(page).search(dialog, 'a');
      await dialog.getByRole('option').first().click();
      await dialog.getByRole('button', { name: 'Pair', exact: true }).click();
      await expect(page.getByLabel('1 change isn’t finished')).toBeVisible();
      const watching = await page.context().newPage(); // a page without its program complains
      await watching.goto(page.url());
      await new List(watching).shown();
      await page.goto('about:blank');
      await app.stop();
      await expect(watching.getByText('1 change will be sent next time.')).toBeVisible();
      expect(app.log()).toContain('1 change will be sent next time.');
    },
  );
});
