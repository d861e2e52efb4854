import type { Page } from '@playwright/test';
import { check as look } from './axe';
import { expect, test } from './fixtures';
import { List } from './list';
import { scenes } from './scenes';
import { sections } from '../src/features/settings/values';

// A row of the list is like the next: the fewer are drawn, the sooner their contrast is measured.
test.use({ viewport: { width: 1440, height: 500 } });

/** The screens that a route alone leads to. */
const routes = {
  overview: '#/overview',
  review: '#/review?q=time%3Alast30days',
  changes: '#/changes',
  connect: '#/connect',
};
const settings = Object.fromEntries(
  sections.map((section) => [`settings, ${section}`, `#/settings/${section}`]),
);
/** Dialogs and layers over the list; Export has a test of its own in all its forms. */
const layers = [
  'advanced filter',
  'quick field',
  'keys and help',
  'anonymise one',
  'pair',
  'sync panel',
  'main menu',
];

for (const lang of ['en', 'cs'] as const) {
  const schemes = ['light', 'dark'] as const;
  /** Words have no part in the colours, which are looked at in English. */
  const fewer = lang === 'cs' ? (['light'] as const) : schemes;
  const check = (page: Page, where: string) => look(page, where, 'html', fewer);

  test.describe(`${lang}, ${fewer.join(' and ')}`, () => {
    test.use({ args: ['--demo', '--lang', lang] });

    test('E31 list, open picker and details', async ({ app, page }) => {
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

    for (const [title, addresses] of Object.entries({ 'screens with a route': routes, settings }))
      test(`E31 ${title}`, async ({ app, page }) => {
        await app.open(page);
        await page.getByRole('grid').waitFor();
        for (const [name, route] of Object.entries(addresses)) {
          await page.evaluate((hash) => (location.hash = hash), route);
          await page.getByRole('main').waitFor();
          await check(page, name);
        }
      });

    test('E31 dialogs', async ({ app, page }) => {
      await app.open(page);
      await page.getByRole('grid').waitFor();
      for (const scene of scenes.filter(({ name }) => layers.includes(name))) {
        await scene.open(page, lang);
        const layer = page.locator('[role=dialog], [role=alertdialog], [role=menu]').last();
        await layer.waitFor();
        await look(page, scene.name, '[role=dialog], [role=alertdialog], [role=menu]', fewer);
        await page.keyboard.press('Escape');
        await expect(layer).toHaveCount(0);
      }
    });
  });

  test.describe(`first run ${lang}, ${fewer.join(' and ')}`, () => {
    test.use({ args: ['--lang', lang], stored: false });

    test('E31 first run', async ({ app, page }) => {
      await app.open(page);
      await page.getByRole('button').nth(2).waitFor();
      await check(page, 'the first screen');
    });
  });
}
