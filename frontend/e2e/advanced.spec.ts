import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { List } from './list';
import { Table } from './table';

/** The sheet of the advanced filter. */
class Sheet {
  readonly root: Locator;
  readonly text: Locator;
  readonly count: Locator;
  readonly apply: Locator;

  constructor(readonly page: Page) {
    this.root = page.getByRole('dialog', { name: 'Advanced filter' });
    this.text = this.root.getByRole('textbox', { name: 'Text form' });
    this.count = this.root.getByRole('status');
    this.apply = this.root.getByRole('button', { name: 'Apply' });
  }

  async open(): Promise<void> {
    await this.page.getByRole('button', { name: 'Advanced filter' }).click();
    await expect(this.count).toContainText(/\d/);
  }

  /** A group by its level, the first of them unless told. */
  group(level: number): Locator {
    return this.root.getByRole('group', { name: `Group, level ${level}` });
  }

  /** Waits for the count that belongs to what was entered last. */
  async counted(act: () => Promise<unknown>): Promise<number> {
    const answer = this.page.waitForResponse((reply) => reply.url().endsWith('/call/Interactions.Count'));
    await act();
    const { result } = (await (await answer).json()) as { result: number };
    await expect(this.count).toContainText(result.toLocaleString('en-GB'));
    return result;
  }
}

test('E06 rows of three levels become text, and the text becomes the same rows', async ({ app, page }) => {
  await app.open(page);
  const list = new List(page);
  await list.show('Everything stored');
  const sheet = new Sheet(page);
  await sheet.open();

  // missed is any of waiting AND (wait > 5m OR (direction … AND answered …))
  const root = sheet.group(1);
  await root.getByRole('button', { name: 'Choose: Missed' }).click();
  await page.getByRole('option', { name: /^Waiting/ }).click();
  await page.keyboard.press('Escape');
  await root.getByRole('button', { name: 'Group', exact: true }).click();
  const second = sheet.group(2);
  await second.getByRole('combobox', { name: 'Field' }).selectOption({ label: 'Wait time' });
  await second.getByRole('combobox', { name: 'Operator of Wait time' }).selectOption({ label: '>' });
  await second.getByRole('textbox', { name: 'Wait time' }).fill('5m');
  await second.getByRole('button', { name: 'Group', exact: true }).click();
  const third = sheet.group(3);
  await third.getByRole('combobox', { name: 'Field' }).selectOption({ label: 'Activities' });
  await third.getByRole('combobox', { name: 'Operator of Activities' }).selectOption({ label: '≥' });
  await third.getByRole('textbox', { name: 'Activities' }).fill('1');
  await third.getByRole('button', { name: 'Condition', exact: true }).click();
  await third.getByRole('combobox', { name: 'Field' }).nth(1).selectOption({ label: 'Title' });
  const byRows = await sheet.counted(() => third.getByRole('textbox', { name: 'Title' }).fill('a'));
  await expect(third.getByRole('button', { name: 'Group', exact: true }), 'no fourth level').toHaveCount(0);
  await expect(sheet.text).toHaveValue('missed:waiting AND (wait > 5m OR (activities >= 1 AND title:a))');

  const written = await sheet.text.inputValue();
  await sheet.counted(() => sheet.text.fill(''));
  await expect(sheet.group(2)).toHaveCount(0);
  const byText = await sheet.counted(() => sheet.text.fill(written));
  expect(byText).toBe(byRows);
  await expect(sheet.group(3).getByRole('textbox', { name: 'Activities' })).toHaveValue('1');
  await expect(sheet.group(2).getByRole('textbox', { name: 'Wait time' })).toHaveValue('5m');
  await expect(sheet.group(2).getByRole('combobox', { name: 'Conditions joined by' }).first()).toHaveValue(
    'or',
  );

  await sheet.apply.click();
  await expect(sheet.root).toHaveCount(0);
  await expect.poll(() => list.total()).toBe(byRows);
  const chips = page.getByRole('list', { name: 'Further conditions' }).getByRole('listitem');
  await expect(chips).toHaveCount(2);

  // A chip goes at once.
  await chips
    .nth(1)
    .getByRole('button', { name: /^Remove/ })
    .click();
  await expect(chips).toHaveCount(1);
  await expect.poll(() => list.total()).toBeGreaterThanOrEqual(byRows);
  await new Table(page).settled();
  expect(new Set(await new Table(page).column('Missed'))).toEqual(new Set(['Waiting']));
});

test('E06 a mistake in the text is underlined and explained, and the rows stay', async ({ app, page }) => {
  await app.open(page);
  await new List(page).shown();
  const sheet = new Sheet(page);
  await sheet.open();
  await sheet.counted(() => sheet.text.fill('wait > 5m'));
  const value = sheet.root.getByRole('textbox', { name: 'Wait time' });
  await expect(value).toHaveValue('5m');

  const mistakes: [text: string, place: string, says: RegExp][] = [
    ['missed:waiting AND wait > soon', 'soon', /“soon” is not a duration\. Write 5m/],
    ['wiat > 5m', 'wiat', /There is no field “wiat”. Did you mean “wait”\?/],
    ['missed:perhaps', 'perhaps', /“perhaps” is not a value of this field\. Possible: .*waiting/],
    ['(wait > 5m', '(', /closing parenthesis is missing/],
    ['title:"open', '"open', /closing quotation mark is missing/],
    ['čekání > 5m AND AND wait < 1m', 'AND', /A condition is expected here/],
    ['(((( wait > 5m ))))', '(', /at most 3 levels/],
  ];
  for (const [text, place, says] of mistakes) {
    await sheet.text.fill(text);
    await expect(sheet.root.getByRole('alert')).toHaveText(says);
    await expect(sheet.text).toHaveAttribute('aria-invalid', 'true');
    await expect(sheet.text).toHaveAccessibleDescription(says);
    await expect(sheet.root.locator('mark'), text).toHaveText(place);
    await expect(sheet.apply).toBeDisabled();
    await expect(value, 'the rows stay').toHaveValue('5m');
  }
  await sheet.counted(() => sheet.text.fill('wait > 6m'));
  await expect(sheet.root.getByRole('alert')).toHaveCount(0);
  await expect(value).toHaveValue('6m');
  await expect(sheet.apply).toBeEnabled();
});

test('E06 fifty conditions are the most, in rows and as text', async ({ app, page }) => {
  await app.open(page);
  await new List(page).shown();
  const sheet = new Sheet(page);
  await sheet.open();
  const conditions = (n: number) => Array.from({ length: n }, (_, at) => `wait > ${at + 1}s`).join(' OR ');
  await sheet.counted(() => sheet.text.fill(conditions(49)));
  await expect(sheet.root.getByText('49 of 50 conditions')).toBeVisible();
  const add = sheet.group(1).getByRole('button', { name: 'Condition', exact: true });
  await add.click();
  await expect(sheet.root.getByText('50 of 50 conditions')).toBeVisible();
  await expect(add).toBeDisabled();
  await expect(sheet.group(1).getByRole('button', { name: 'Group', exact: true })).toBeDisabled();
  await sheet.text.fill(conditions(51));
  await expect(sheet.root.getByRole('alert')).toHaveText(/at most 50 conditions/);
  await expect(sheet.root.locator('mark')).toHaveText('wait > 51s');
  await expect(sheet.apply).toBeDisabled();
});

test('E06 quotes and injection strings are only text', async ({ app, page }) => {
  await app.open(page);
  const list = new List(page);
  const all = await list.show('Everything stored');
  page.on('dialog', () => {
    throw new Error('a value was run as a script');
  });
  const values = [
    `'; DROP TABLE interactions; --`,
    `" OR 1=1 OR title:"`,
    '%',
    '_',
    '\\" OR wait >= 0',
    '<img src=x onerror=alert(1)>',
    'NEAR(a b) OR text:*',
  ];
  const sheet = new Sheet(page);
  for (const value of values) {
    await sheet.open();
    await sheet.counted(() => sheet.text.fill('title:zzz'));
    const field = sheet.root.getByRole('textbox', { name: 'Title' });
    const rows = await sheet.counted(() => field.fill(value));
    expect(rows, `${value} means itself`).toBeLessThan(all / 100);
    // The text form says the same, and gives the same row back.
    const written = await sheet.text.inputValue();
    await sheet.counted(() => sheet.text.fill('title:zzz'));
    expect(await sheet.counted(() => sheet.text.fill(written)), written).toBe(rows);
    await expect(field).toHaveValue(value);
    await page.keyboard.press('Escape');
    await expect(sheet.root).toHaveCount(0);
  }
  // The same in the fields of the bar and through the address.
  for (const value of values) {
    await list.sender.fill(value);
    await list.sender.press('Enter');
    await expect.poll(() => list.total(), value).toBeLessThan(all / 100);
    await expect(list.search).toHaveText('Search');
  }
  await expect(page).toHaveURL(/NEAR/); // the address follows the answer
  await page.reload();
  await expect(list.sender).toHaveValue(values.at(-1) ?? '');
  await list.sender.fill('');
  await list.sender.press('Enter');
  await expect.poll(() => list.total()).toBe(all);
});
