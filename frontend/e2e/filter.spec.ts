import { expect, test } from './fixtures';
import { List } from './list';

test.describe('draft and search', () => {
  test.use({ alone: false });

  test('E02 a changed field shows its count at once and the rows only after Search @windows', async ({
    app,
    page,
  }) => {
    await app.open(page);
    const list = new List(page);
    const today = await list.shown();

    await list.preset('Last 7 days');
    const promised = await list.draftCount();
    expect(promised).toBeGreaterThan(today);
    expect(await list.total(), 'rows before Search').toBe(today);

    await list.search.click();
    await expect(list.search).toHaveText('Search');
    expect(await list.shown()).toBe(promised);
  });

  test('E02 Enter in a field applies it', async ({ app, page }) => {
    await app.open(page);
    const list = new List(page);
    const today = await list.shown();
    await list.sender.fill('zzz nobody');
    await list.sender.press('Enter');
    await expect(page.getByText('No interactions match this filter.')).toBeVisible();
    await list.clear.click();
    await list.search.click();
    await expect.poll(() => list.total()).toBe(today);
  });

  test('E02 Esc takes the draft back to what is applied', async ({ app, page }) => {
    await app.open(page);
    const list = new List(page);
    const today = await list.shown();
    await list.sender.fill('+420');
    await list.draftCount();
    await list.sender.press('Escape');
    await expect(list.sender).toHaveValue('');
    await expect(list.search).toHaveText('Search');
    expect(await list.total()).toBe(today);
  });

  test('E02 Clear sets Today and empties the rest', async ({ app, page }) => {
    await app.open(page);
    const list = new List(page);
    const today = await list.shown();
    await list.show('Last 30 days');
    await list.sender.fill('+420');
    await list.clear.click();
    await expect(list.picker('Time')).toContainText('Today');
    await expect(list.sender).toHaveValue('');
    // The count of the draft before stands until that of this one has come.
    await expect.poll(() => list.draftCount()).toBe(today);
  });
});

test.describe('periods around a change of the clocks', () => {
  // The night in which 3 o'clock becomes 2 o'clock: the day has 25 hours.
  test.use({ env: { WAPDESK_NOW: '2026-10-25T12:00:00+01:00' }, stored: false });

  test('E03 the presets add up over the long day', async ({ app, page }) => {
    await app.open(page);
    const list = new List(page);
    await expect(list.picker('Time')).toContainText('25 Oct');
    // The days are downloaded first: until then a later count holds more.
    await expect(page.getByRole('contentinfo')).toContainText('Stored 25 Sep', { timeout: 60_000 });
    const count = async (preset: string) => {
      await list.preset(preset);
      await list.search.click();
      await expect(list.search).toHaveText('Search');
      await expect(list.picker('Time')).toContainText(preset);
      await expect(list.grid).not.toHaveAttribute('aria-busy', 'true');
      return list.total();
    };
    const week = await count('This week'); // Monday to Sunday: today is its last day
    const seven = await count('Last 7 days');
    expect(week).toBe(seven);
    expect(week).toBeGreaterThan(0);
  });
});
