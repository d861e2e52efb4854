import { expect, test } from './fixtures';
import { test as connected } from './centre';
import { columns } from './list';
import { Details } from './details';
import { Table } from './table';

/*
 * The original page's sections "Interaction Details" with "Wap" and "Activity", their Tip and
 * their Warning: each sentence is a step named after it.
 */

test.describe('Interaction Details', () => {
  test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

  test('what the details are made of', async ({ app, page }) => {
    const details = new Details(page);
    await details.watchLinks();
    await app.open(page);
    const table = new Table(page);
    await details.filter('activities >= 2 AND messages > 4');

    await test.step('Click the Eye button in the Actions column', async () => {
      const at = await table.header('Actions').getAttribute('aria-colindex');
      await table.cell(0, Number(at)).getByRole('button', { name: 'Open details' }).click();
      await expect(details.pane).toBeVisible();
    });

    await test.step('The top of the detail contains a list of activities', async () => {
      await expect(details.pane.getByRole('heading', { name: 'Activities' })).toBeVisible();
      expect(await details.titles().count()).toBeGreaterThan(1);
      const top = await details.activities.boundingBox();
      const tabs = await details.wap.boundingBox();
      expect(top!.y).toBeLessThan(tabs!.y);
      await details.pane.getByRole('button', { name: 'What’s the difference?' }).click();
      await expect(page.getByRole('dialog', { name: 'What’s the difference?' })).toContainText(
        'An activity is an agent’s work on it',
      );
      await page.keyboard.press('Escape');
    });

    await test.step('There are two tabs below the activity list', async () => {
      await expect(details.pane.getByRole('tab')).toHaveText(['Wap', 'Activity']);
      const list = await details.activities.boundingBox();
      const tabs = await details.wap.boundingBox();
      expect(tabs!.y).toBeGreaterThan(list!.y + list!.height);
    });

    await test.step('The Wap tab contains info about the interaction', async () => {
      await details.wap.click();
      await expect(details.pane.getByRole('region', { name: 'Info' })).toBeVisible();
    });

    await test.step('See Column name overview for a description of individual items', async () => {
      const row = new Map<string, string>();
      for (const title of columns.slice(1, -1)) row.set(title, (await table.column(title))[0] ?? '');
      for (const title of columns.slice(0, -1)) {
        const shown = (await details.fact(title).innerText()).trim();
        expect(shown, title).not.toBe('');
        const listed = row.get(title);
        const same = [
          'Queue',
          'User',
          'Duration',
          'Connector',
          'Direction',
          'Answered',
          'Ended',
          'Wait time',
        ];
        if (same.includes(title)) expect(shown, title).toBe(listed);
      }
    });

    await test.step('The Chat transcript is underneath', async () => {
      const info = await details.pane.getByRole('region', { name: 'Info' }).boundingBox();
      const chat = await details.chat.boundingBox();
      expect(chat!.y).toBeGreaterThan(info!.y + info!.height - 1);
      expect(await details.chat.getByRole('article').count()).toBeGreaterThan(0);
    });

    await test.step('at the bottom in Process of wap', async () => {
      const process = details.pane.getByRole('region', { name: 'Process of wap' });
      await process.scrollIntoViewIfNeeded();
      const chat = await details.chat.boundingBox();
      const box = await process.boundingBox();
      expect(box!.y).toBeGreaterThan(chat!.y + chat!.height - 1);
      await expect(process.getByRole('table')).toContainText('Entered queue');
      await expect(process.getByRole('table')).toContainText('Activity saved');
    });

    await test.step('info about the activity selected in the List of activities', async () => {
      await details.activity.click();
      const title = (await details.titles().first().innerText()).trim();
      await expect(details.pane.getByRole('tabpanel').getByRole('heading', { name: title })).toBeVisible();
      await expect(details.fact('State')).not.toBeEmpty();
    });

    await test.step('select the activity you want to see by clicking its title', async () => {
      const first = await details.fact('Unique name').innerText();
      const second = details.titles().nth(1);
      await second.click();
      await expect(second).toHaveAttribute('aria-current', 'true');
      await expect(details.fact('Unique name')).not.toHaveText(first);
      await details.titles().first().click();
      await expect(details.fact('Unique name')).toHaveText(first);
    });

    await test.step('You can find the Unique name in the Activity tab', async () => {
      const name = (await details.fact('Unique name').innerText()).trim();
      expect(name).toMatch(/^activities_\w+$/);
    });

    await test.step('you can use this format', async () => {
      const name = (await details.fact('Unique name').innerText()).trim();
      await details.pane.getByRole('button', { name: 'Copy link' }).click();
      await expect(details.pane.getByRole('button', { name: 'Link copied' })).toBeVisible();
      const link = await page.evaluate(() => navigator.clipboard.readText());
      expect(link).toMatch(/^https:\/\/[\w.-]+\/listing\/activities\/\?activityDetail=\S+$/);
      expect(link.split('activityDetail=')[1]).toBe(name);
    });

    await test.step('Focus time: the amount of time with the activity tab focused', async () => {
      const focus = details.pane.getByRole('region', { name: 'Focus time' });
      await expect(focus).toContainText(/\d+:\d\d:\d\d \(\d+\s?% of the activity\)/);
      await expect(focus).toContainText('Time the agent worked with this activity’s tab in front');
    });

    await test.step('Focus time in chat 1 is stopped every time the agent clicks chat 2', async () => {
      await expect(details.pane.getByRole('region', { name: 'Focus time' })).toContainText(
        'It stops while another chat is in front',
      );
    });

    await test.step('Focus disruptions: how many times the work was interrupted', async () => {
      const focus = details.pane.getByRole('region', { name: 'Focus time' });
      await expect(focus.getByRole('heading', { name: 'Focus disruptions' })).toBeVisible();
      await expect(focus).toContainText('Times the work was interrupted by another activity or module');
    });
  });

  test('When someone opens the link, the details will open straight away', async ({ app, page }) => {
    const details = new Details(page);
    await app.open(page);
    await details.filter('activities = 1');
    await details.open(1);
    const title = (await details.heading.innerText()).trim();
    await details.activity.click();
    const link = `http://yourcompany.daktela.com/listing/activities/?activityDetail=${(await details.fact('Unique name').innerText()).trim()}`;

    await test.step('pasted', async () => {
      await page.keyboard.press('Escape');
      await expect(details.pane).toHaveCount(0);
      await details.quick(link);
      await expect(details.heading).toHaveText(title);
    });

    await test.step('given at the start', async () => {
      await app.restart(undefined, [link]);
      await app.open(page);
      await expect(details.heading).toHaveText(title);
    });
  });

  test('Focus time anomaly', async ({ app, page }) => {
    const details = new Details(page);
    await app.open(page);
    await details.find('anomaly:yes');

    await test.step('the yellow warning triangle is displayed in the Focus time field', async () => {
      const doubtful = details.activities.locator('tr', { hasText: 'may be inaccurate' }).first();
      await expect(doubtful.locator('svg')).toBeVisible();
      await doubtful.getByRole('button').first().click();
      const focus = details.pane.getByRole('region', { name: 'Focus time' });
      await expect(focus.locator('svg').first()).toBeVisible();
      const colour = await focus
        .locator('.value')
        .first()
        .evaluate((one) => getComputedStyle(one).color);
      const plain = await focus
        .locator('.value')
        .last()
        .evaluate((one) => getComputedStyle(one).color);
      expect(colour).not.toBe(plain);
    });

    await test.step('the displayed Focus time may not be accurate', async () => {
      await expect(details.pane.getByRole('region', { name: 'Focus time' })).toContainText(
        'May be inaccurate',
      );
      await expect(details.pane.getByText('It is left out of medians.')).toBeVisible();
    });

    await test.step('the computer shuts down or there are issues with the connection', async () => {
      await expect(details.pane.getByRole('region', { name: 'Focus time' })).toContainText(
        'the agent’s computer or connection may have failed',
      );
    });
  });
});

test.describe('From the details into the CRM', () => {
  test('contact, account, ticket and QA review open', async ({ app, page }) => {
    const details = new Details(page);
    await details.watchLinks();
    await app.open(page);
    await details.find('account != empty AND ticket != empty AND qa:yes AND missed:never');
    const opens = async (address: RegExp) => expect.poll(() => details.lastOpened()).toMatch(address);

    await test.step('open the contact or account in the CRM module', async () => {
      let card = await details.card('Contact');
      await expect(card.getByRole('heading')).not.toBeEmpty();
      await card.getByRole('button', { name: 'Open in Daktela' }).click();
      await opens(/^https?:\/\/[^/]+\/crm\/contacts\/update\/contact_\w+$/);
      await details.closeCard(card);
      card = await details.card('Account');
      await card.getByRole('button', { name: 'Open in Daktela' }).click();
      await opens(/\/crm\/accounts\/update\/\w+$/);
      await details.closeCard(card);
    });

    await test.step('open the associated ticket', async () => {
      const card = await details.card('Ticket');
      await expect(card).toContainText('Category');
      await card.getByRole('button', { name: 'Open in Daktela' }).first().click();
      await opens(/\/tickets\/update\/\d+$/);
      await details.closeCard(card);
    });

    await test.step('open QA review', async () => {
      const card = await details.card('QA review');
      await expect(card.getByRole('article').first()).toContainText('Reviewed agent');
      expect(await card.getByRole('article').first().locator('dl.answers dt').count()).toBeGreaterThan(0);
      await details.closeCard(card);
    });
  });

  connected('pairing, tickets, reviews and a new activity', async ({ app, centre, page }) => {
    const details = new Details(page);
    await details.watchLinks();
    await app.open(page);
    const pill = page.getByRole('banner').getByRole('button', { name: /^Synchronisation/ });
    await expect(pill).toHaveText(/Up to date/, { timeout: 60_000 });
    await details.find('contact:empty AND activities = 1 AND ticket:empty AND qa:no AND answered:yes');
    const name = await details.name();
    await details.activity.click();
    const activity = (await details.fact('Unique name').innerText()).trim();
    const theirs = () =>
      centre.read<{ contact: { name: string } | null; ticket: { name: number } | null }>(
        `activities/${activity}`,
      );

    await connected.step('add a new one', async () => {
      const card = await details.card('Contact');
      await card.getByRole('button', { name: 'Add new contact…' }).click();
      const dialog = page.getByRole('dialog', { name: 'Add a contact' });
      await dialog.getByRole('textbox', { name: 'First name' }).fill('Pavla');
      await dialog.getByRole('textbox', { name: 'Last name' }).fill('');
      await dialog.getByRole('button', { name: 'Add and pair' }).click();
      await expect(dialog).toContainText('This has to be filled in.');
      await dialog.getByRole('textbox', { name: 'Last name' }).fill('Zkušební');
      const databases = dialog.getByRole('combobox', { name: 'Database' });
      expect(await databases.getByRole('option').count()).toBeGreaterThan(0);
      await dialog.getByRole('button', { name: 'Add and pair' }).click();
      await expect(dialog).toHaveCount(0);
      await expect(details.pane.locator('.crm')).toContainText('Pavla Zkušební');
      await expect.poll(async () => (await theirs()).contact?.name, { timeout: 30_000 }).toMatch(/^contact_/);
    });

    await connected.step('pair with an existing contact', async () => {
      const before = (await theirs()).contact?.name;
      const card = await details.card('Contact');
      await card.getByRole('button', { name: 'Change contact…' }).click();
      const dialog = page.getByRole('dialog', { name: 'Pair with a contact' });
      await details.search(dialog, 'nov');
      await page.keyboard.press('Enter');
      await expect(dialog).toHaveCount(0);
      await expect.poll(async () => (await theirs()).contact?.name, { timeout: 30_000 }).not.toBe(before);
    });

    await connected.step('merge the activity with a ticket', async () => {
      const card = await details.card('Ticket');
      await card.getByRole('button', { name: 'Merge with ticket…' }).click();
      const dialog = page.getByRole('dialog', { name: 'Merge with a ticket' });
      await details.search(dialog, 'a');
      const first = dialog.getByRole('option').first();
      const number = /#(\d+)/.exec(await first.innerText())?.[1];
      await first.click();
      await dialog.getByRole('button', { name: 'Merge', exact: true }).click();
      await expect(dialog).toHaveCount(0);
      await expect(details.activities).toContainText(`#${number}`);
      await expect.poll(async () => String((await theirs()).ticket?.name), { timeout: 30_000 }).toBe(number);
    });

    await connected.step('add new QA review', async () => {
      const card = await details.card('QA review');
      await card.getByRole('button', { name: 'Add QA review…' }).click();
      const dialog = page.getByRole('dialog', { name: 'Add a QA review' });
      const score = dialog.getByRole('status');
      const before = await score.innerText();
      const groups = dialog.getByRole('group');
      for (let at = 0; at < (await groups.count()); at++) {
        const group = groups.nth(at);
        const choice = group.getByRole('radio').or(group.getByRole('checkbox')).first();
        if (await choice.count()) await choice.check();
        else await group.getByRole('textbox').fill('V pořádku.');
      }
      expect(await score.innerText()).not.toBe(before);
      const points = /\d+/.exec(await score.innerText())?.[0] ?? '';
      await dialog.getByRole('button', { name: 'Save review' }).click();
      await expect(dialog).toHaveCount(0);
      await expect(details.activities).toContainText(`QA ${points}`);
      const reviews = () => centre.read<{ data: unknown[] }>(`activities/${activity}/qaReviews`);
      await expect.poll(async () => (await reviews()).data.length, { timeout: 30_000 }).toBe(1);
    });

    await connected.step('start a new activity by clicking the WhatsApp icon', async () => {
      await details.wap.click();
      await details.pane.getByRole('button', { name: 'Start activity' }).click();
      const dialog = page.getByRole('dialog', { name: 'Start activity' });
      await dialog.getByRole('radio', { name: 'Another number' }).check();
      const number = dialog.getByRole('textbox', { name: 'Number' });
      await number.fill('not a number');
      await dialog.getByRole('button', { name: 'Start in Daktela' }).click();
      await expect(dialog).toContainText('That isn’t a phone number.');
      await number.fill('+420 601 555 018');
      await dialog.getByRole('textbox', { name: 'Note' }).fill('Zavolat zpět');
      await dialog.getByRole('button', { name: 'Start in Daktela' }).click();
      await expect(dialog).toHaveCount(0);
      await expect.poll(() => details.lastOpened()).toMatch(/activityDetail=activities_\w+$/);
      const made = (await details.lastOpened()).split('activityDetail=')[1] ?? '';
      const started = await centre.read<{ title: string; item: { sender: string; direction: string } }>(
        `activities/${made}`,
      );
      expect(started.item).toMatchObject({ sender: '420601555018', direction: 'OUT' });
      expect(name).not.toBe(made);
    });
  });
});
