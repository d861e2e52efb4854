import type { Page } from '@playwright/test';
import { check as look } from './axe';
import { expect, test } from './fixtures';
import { List } from './list';

// A row of the list is like the next: the fewer are drawn, the sooner their contrast is measured.
test.use({ viewport: { width: 1440, height: 500 } });

/** The screens that a route alone leads to. */
const routes = {
  overview: '#/overview',
  changes: '#/changes',
  'settings, connection': '#/settings/connection',
  'settings, data': '#/settings/data',
  'settings, appearance': '#/settings/appearance',
  connect: '#/connect',
};

// The words have no part in the colours: what English shows in both schemes, Czech shows in one.
for (const [lang, schemes] of [
  ['en', ['light', 'dark']],
  ['cs', ['dark']],
] as const) {
  const check = (page: Page, where: string) => look(page, where, 'html', schemes);

  test.describe(`${lang}, ${schemes.join(' and ')}`, () => {
    test.use({ args: ['--demo', '--lang', lang] });

    test('list, open picker and details', async ({ app, page }) => {
      await app.open(page);
      const list = new List(page);
      await list.grid.getByRole('row').nth(3).waitFor();
      await expect(page.locator('html')).toHaveAttribute('lang', lang);
      await check(page, 'the list');
      await page.locator('#filter-time').click(); // its name depends on the language
      await page.locator('[data-popover-content]').waitFor();
      await check(page, 'the periods');
      await page.keyboard.press('Escape');
      await list.grid.getByRole('row').nth(3).getByRole('rowheader').dblclick();
      await page.getByRole('complementary').getByRole('tab').nth(1).click();
      await check(page, 'the activity tab');
      await page.getByRole('complementary').getByRole('tab').first().click();
      await page.getByRole('complementary').getByRole('log').waitFor();
      await check(page, 'the details');
    });

    test('screens with a route', async ({ app, page }) => {
      await app.open(page);
      await page.getByRole('grid').waitFor();
      for (const [name, route] of Object.entries(routes)) {
        await page.evaluate((hash) => (location.hash = hash), route);
        await page.getByRole('main').waitFor();
        await check(page, name);
      }
    });
  });

  test.describe(`first run ${lang}, ${schemes.join(' and ')}`, () => {
    test.use({ args: ['--lang', lang], stored: false });

    test('first run', async ({ app, page }) => {
      await app.open(page);
      await page.getByRole('button').nth(2).waitFor();
      await check(page, 'the first screen');
    });
  });
}
