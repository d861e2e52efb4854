import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { List } from './list';

/** A keyboard that counts: each key, with those held down beside it, is one. */
class Keyboard {
  count = 0;
  constructor(readonly page: Page) {}

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) {
      this.count++;
      await this.page.keyboard.press(key);
    }
  }

  /** Goes by Tab to a control of this name and uses it by a key; that is one action. */
  async use(name: RegExp, key = 'Enter'): Promise<void> {
    for (let tabs = 0; tabs < 40; tabs++) {
      const focused = await this.page.evaluate(() => {
        const one = document.activeElement;
        const labels = (one as HTMLInputElement | null)?.labels;
        return [one?.getAttribute('aria-label'), labels?.[0]?.innerText, one?.textContent].join(' ').trim();
      });
      if (name.test(focused)) return this.press(key);
      await this.page.keyboard.press('Tab');
    }
    throw new Error(`Tab does not lead to ${String(name)}`);
  }
}

test('the jobs of a lead by the keyboard alone', async ({ app, page }) => {
  await app.open(page);
  const list = new List(page);
  await list.shown();
  const details = page.getByRole('complementary', { name: 'Interaction details' });
  const reasons = page.getByRole('group', { name: 'Why to look at them' });
  const reason = (name: string) => reasons.getByRole('button', { name: new RegExp(`^${name} [\\d,]+$`) });
  const counted = async (name: string) => Number((await reason(name).innerText()).replace(/\D/g, ''));

  await test.step('from the start to the first case of the morning in at most 5 keys', async () => {
    const keys = new Keyboard(page);
    await keys.press('Control+7');
    await expect(reason('Anything wrong')).toHaveAttribute('aria-pressed', 'true');
    await expect.poll(() => list.total()).toBe(await counted('Anything wrong'));
    await keys.press('Enter');
    await expect(details.getByRole('log')).toBeVisible();
    expect(keys.count).toBeLessThanOrEqual(5);

    const first = await details.getByRole('heading').first().innerText();
    await keys.press('j');
    await expect(details.getByRole('heading').first()).not.toHaveText(first);
    await keys.press('k');
    await expect(details.getByRole('heading').first()).toHaveText(first);
    await expect(page.locator('[data-row="0"]').getByText('Seen on this computer')).toBeAttached();
    await page.keyboard.press('Escape');
  });

  await test.step('each reason is a filter, and what was seen can be left out', async () => {
    const missed = await counted('Missed, waiting');
    await reason('Missed, waiting').press('Enter');
    await expect.poll(() => list.total()).toBe(missed);
    await expect(reason('Missed, waiting')).toHaveAttribute('aria-pressed', 'true');
    const unseen = await counted('Not seen');
    await reason('Not seen').press('Enter');
    await expect.poll(() => list.total()).toBe(unseen);
    await reason('All').press('Enter');
    await expect(reason('All')).toHaveAttribute('aria-pressed', 'true');
  });

  await test.step('what came since the last visit, whose time can be set', async () => {
    await page.keyboard.press('Control+6');
    await expect(reasons).toContainText('Since 19 Nov');
    await expect(list.picker('Time')).toContainText('19 Nov');
    const before = await list.total();
    await reasons.getByRole('button', { name: 'From now on' }).press('Enter');
    await expect(page.getByText('No interactions match this filter.')).toBeVisible();
    expect(before).toBeGreaterThan(0);
  });

  const review = page.getByRole('main', { name: 'Review mode' });
  const place = (at: number) => expect(review.getByText(new RegExp(`^${at} of [\\d,]+$`))).toBeVisible();
  const head = review.getByRole('heading', { level: 1 });

  await test.step('ten chats of an agent are read and two of them reviewed in at most 40 keys', async () => {
    await page.evaluate(
      (q) => (location.hash = `#/interactions?q=${encodeURIComponent(q)}`),
      'time:last30days AND user:"Anna Nováková" AND queue:"Podpora CZ" AND qa:no AND messages > 4',
    );
    await expect(list.picker('User')).toContainText('Anna Nováková');
    expect(await list.shown()).toBeGreaterThan(10);
    await page.locator('[data-row="0"] [role=rowheader]').focus();
    const keys = new Keyboard(page);
    await keys.press('r');
    for (let chat = 1; chat <= 10; chat++) {
      await place(chat);
      await expect(review.getByRole('log')).toBeVisible();
      await keys.press('Space');
      if (chat === 3 || chat === 4) {
        await expect(review.getByRole('group', { name: /^1\./ })).toBeVisible();
        await keys.press('Control+Enter'); // too soon
        await expect(review.getByText(/\d answers are missing:/)).toBeVisible();
        await expect(page.locator('fieldset:focus')).toHaveCount(1);
        for (let left = 8; left > 0 && (await page.locator('fieldset .danger').count()) > 0; left--)
          await keys.press('1');
        await keys.press('Control+Enter');
      } else if (chat < 10) await keys.press('j');
    }
    expect(keys.count).toBeLessThanOrEqual(40);
    await keys.press('k', 'k', 'k', 'k', 'k', 'k');
    await place(4);
    await expect(review.getByText('Reviewed', { exact: true })).toBeVisible();
  });

  await test.step('a note stays with its interaction, and Esc leads back to where the list was', async () => {
    await page.keyboard.press('j');
    await place(5);
    await expect(page.locator('#review-note')).toHaveValue('');
    await page.keyboard.press('n');
    await page.keyboard.insertText('ask about the tone');
    await page.keyboard.press('Escape');
    await expect(review.getByText('Note kept on this computer')).toBeVisible();
    const title = await head.innerText();
    await page.keyboard.press('k');
    await place(4);
    await expect(page.locator('#review-note')).toHaveValue('');
    await page.keyboard.press('j');
    await expect(head).toHaveText(title);
    await expect(page.locator('#review-note')).toHaveValue('ask about the tone');
    await page.keyboard.press('Escape');
    await expect(page.locator('[data-row="4"] :focus')).toHaveCount(1);
    await expect(page.locator('[data-row="4"]').getByText('Has a private note')).toBeAttached();
    await expect(page.locator('[data-row="2"]').getByText(/Waiting|Reviewed|Changed/i)).toBeAttached();
  });

  await test.step('a sample is drawn again by its seed', async () => {
    const dialog = page.getByRole('dialog', { name: 'Draw a sample for review' });
    const drawn = async (seed: string) => {
      await page.keyboard.press('Control+k');
      await page.keyboard.insertText('>sample');
      await page.keyboard.press('Enter');
      await dialog.getByLabel('Seed').fill(seed);
      await expect(dialog.getByRole('status')).toHaveText(/3 interactions of 1 agent/);
      await dialog.getByRole('button', { name: 'Start review' }).press('Enter');
      await expect(review.getByText('1 of 3', { exact: true })).toBeVisible();
      await expect(review.getByText(`Seed ${seed}`)).toBeVisible();
      const found = page.url();
      await page.keyboard.press('Escape');
      await list.shown();
      return new URLSearchParams(found.split('?').at(-1)).get('at');
    };
    const first = await drawn('7');
    expect(await drawn('7')).toBe(first);
  });

  await test.step('the quick field ranks what a text leads to, and offers no dead end', async () => {
    const quick = page.getByRole('dialog', { name: 'Quick field' });
    const group = (name: string) => quick.getByRole('group', { name });
    await page.keyboard.press('Control+k');
    await page.keyboard.insertText('an');
    await expect(group('Users').getByRole('option', { name: /^Anna Nováková/ })).toBeVisible();
    await expect(group('Interactions')).toBeVisible();
    await expect(quick.getByRole('option', { selected: true })).toHaveText(/^An/);
    const first = await quick.getByRole('option', { selected: true }).innerText();
    await page.keyboard.press('Tab');
    await expect(quick.getByRole('option', { selected: true })).not.toHaveText(first);
    await page.keyboard.press('Shift+Tab');
    await expect(quick.getByRole('option', { selected: true })).toContainText(first.split('\n')[0] ?? '');
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText('went wrong');
    await expect(group('Views').getByRole('option')).toHaveText('What went wrong');
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText('privacy');
    await expect(group('Settings').getByRole('option')).toHaveText('Data and privacy');
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText('router');
    await expect(group('Words in messages').getByRole('option')).toHaveText('Messages contain router');
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText('qqqq zzzz');
    await expect(quick).toContainText('Nothing stored here is called “qqqq zzzz”.');
    await expect(quick.getByRole('option')).toHaveCount(0);
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText('anna nov');
    await expect(quick.getByRole('option', { selected: true })).toContainText('Anna Nováková');
    await page.keyboard.press('Enter');
    await expect(list.picker('User')).toContainText('Anna Nováková');
  });

  await test.step('a person is erased and what remains is one list in at most 8 actions', async () => {
    await page.evaluate(
      (q) => (location.hash = `#/interactions?q=${encodeURIComponent(q)}`),
      // Of an agent whose chats nobody has touched here, so that it is the same one each time.
      'time:last30days AND contact != empty AND messages > 4 AND answered:yes AND user:"Jan Malý"',
    );
    await expect(page.locator('[data-row="0"]')).toContainText('Jan Malý'); // not the list before
    const customer = await page.locator('[data-row="0"] [data-field=contact]').innerText();
    const keys = new Keyboard(page);
    await keys.press('Control+k');
    await page.keyboard.insertText(customer);
    keys.count++;
    const quick = page.getByRole('dialog', { name: 'Quick field' });
    await expect(quick.getByRole('option', { name: /^Everything about the person/ })).toBeVisible();
    const chosen = quick.getByRole('option', { selected: true });
    for (let down = 0; down < 4 && !/^Everything/.test(await chosen.innerText()); down++)
      await keys.press('ArrowDown');
    await keys.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Everything about one person' });
    await expect(dialog.getByRole('button', { name: 'Anonymise…' })).toBeEnabled();
    await keys.use(/^Anonymise…/);
    const erasing = page.getByRole('alertdialog');
    await expect(erasing.getByRole('checkbox')).toBeVisible();
    await keys.use(/can’t be undone/, 'Space');
    await keys.use(/^Anonymise person/);
    await expect(erasing.getByRole('list', { name: /^To do in Daktela/ })).toBeVisible();
    expect(keys.count).toBeLessThanOrEqual(8);
    await keys.use(/^Show in Changes/);

    const changes = page.getByRole('main', { name: 'Changes' });
    const todo = changes.getByRole('region', { name: /^To do in Daktela/ });
    await expect(todo).toBeVisible();
    await expect(page.getByText(customer)).toHaveCount(0);
    const waiting = await todo.getByRole('button', { name: 'Done', exact: true }).count();
    expect(waiting).toBeGreaterThan(0);
    await todo.getByRole('button', { name: 'Done', exact: true }).first().press('Enter');
    await expect(todo.getByRole('button', { name: 'Done', exact: true })).toHaveCount(waiting - 1);
    const done = changes.getByRole('row').filter({ hasText: 'Done by hand' });
    await done.getByRole('button', { name: 'Not done' }).press('Enter');
    await expect(todo.getByRole('button', { name: 'Done', exact: true })).toHaveCount(waiting);
  });
});
