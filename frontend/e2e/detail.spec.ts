import { expect, test } from './fixtures';
import { Details } from './details';
import { List } from './list';

test.describe('details', () => {
  test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

  test('E13 the eye opens activities, tabs and transcript, and Esc closes them @windows', async ({
    app,
    page,
  }) => {
    await app.open(page);
    const list = new List(page);
    await list.show('Last 30 days');
    const row = list.rows().nth(2);
    const started = (await row.getByRole('rowheader').textContent())?.trim().slice(-8) ?? '';
    await row.getByRole('button', { name: 'Open details' }).click();

    const details = page.getByRole('complementary', { name: 'Interaction details' });
    await expect(details.getByRole('heading', { level: 2 })).not.toBeEmpty();
    await expect(details).toContainText(started);
    await expect(details.getByRole('heading', { name: 'Activities' })).toBeVisible();
    await expect(details.getByRole('tab', { name: 'Wap', exact: true })).toHaveAttribute(
      'aria-selected',
      'true',
    );
    await expect(details.getByRole('heading', { name: 'Chat transcript' })).toBeVisible();
    await expect(details.getByRole('heading', { name: 'Process of wap' })).toBeVisible();

    await details.getByRole('tab', { name: 'Activity', exact: true }).click();
    await expect(details.getByText('Focus disruptions')).toBeVisible();

    await page.keyboard.press('Escape');
    await expect(details).toHaveCount(0);
  });

  test('E13 the title of an activity opens its tab', async ({ app, page }) => {
    await app.open(page);
    const list = new List(page);
    await list.show('Last 30 days');
    await list.rows().first().getByRole('button', { name: 'Open details' }).click();
    const details = page.getByRole('complementary', { name: 'Interaction details' });
    const activity = details.getByRole('table').first().getByRole('row').nth(1).getByRole('button').first();
    await activity.click();
    await expect(activity).toHaveAttribute('aria-current', 'true');
    await expect(details.getByRole('tab', { name: 'Activity', exact: true })).toHaveAttribute(
      'aria-selected',
      'true',
    );
  });

  test('E13 with the second activity selected, the copied link is that activity’s', async ({ app, page }) => {
    await app.open(page, `#/interactions?q=${encodeURIComponent('time:last30days AND activities > 1')}`);
    const list = new List(page);
    await list.shown();
    await list.rows().first().getByRole('button', { name: 'Open details' }).click();
    const details = page.getByRole('complementary', { name: 'Interaction details' });
    const copied = async () => {
      await details.getByRole('button', { name: /^(Copy link|Link copied)$/ }).click();
      return page.evaluate(() => navigator.clipboard.readText());
    };
    await expect(details.getByRole('button', { name: 'Copy link' })).toBeEnabled();
    const whole = await copied();
    await details.getByRole('table').first().getByRole('row').nth(2).getByRole('button').first().click();
    await expect(page).toHaveURL(/\/activity\/[^/?]+/);
    const name = decodeURIComponent(/\/activity\/([^/?]+)/.exec(page.url())?.[1] ?? '');
    await expect.poll(copied).toContain(`activityDetail=${name}`);
    await details.getByRole('tab', { name: 'Wap', exact: true }).click();
    await expect.poll(copied).toBe(whole);
  });

  test('E13 a copied link has the form of the original and leads back when pasted', async ({ app, page }) => {
    await app.open(page);
    const list = new List(page);
    await list.show('Last 30 days');
    await list.rows().nth(1).getByRole('button', { name: 'Open details' }).click();
    const details = page.getByRole('complementary', { name: 'Interaction details' });
    const title = await details.getByRole('heading', { level: 2 }).textContent();
    await details.getByRole('button', { name: 'Copy link' }).click();
    await expect(details.getByRole('button', { name: 'Link copied' })).toBeVisible();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    expect(link).toMatch(/^https:\/\/[\w.-]+\/listing\/activities\/\?activityDetail=\S+$/);

    await page.keyboard.press('Escape');
    await expect(details).toHaveCount(0);
    await new Details(page).quick(link);
    await expect(details.getByRole('heading', { level: 2 })).toHaveText(title ?? '');
  });

  test('next and previous walk through the list', async ({ app, page }) => {
    await app.open(page);
    const list = new List(page);
    await list.show('Last 30 days');
    await list.rows().first().getByRole('button', { name: 'Open details' }).click();
    const details = page.getByRole('complementary', { name: 'Interaction details' });
    const heading = details.getByRole('heading', { level: 2 });
    const first = page.url();
    await expect(heading).not.toBeEmpty();
    await details.getByRole('button', { name: 'Next interaction' }).click();
    await expect(page).not.toHaveURL(first);
    await details.getByRole('button', { name: 'Previous interaction' }).click();
    await expect(page).toHaveURL(first);
  });
});
