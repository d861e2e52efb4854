import { expect, test } from './fixtures';
import { faultsOf } from './layout';
import { scenes, widestFont, type Lang } from './scenes';

/** The screens of every day; `go run ./build screens` looks at all of them, in more forms. */
const daily = ['list of 30 days', 'details', 'overview, last30days', 'export'];

for (const lang of ['en', 'cs'] as Lang[]) {
  test.describe(lang, () => {
    test.use({ args: ['--demo', '--lang', lang] });
    test('nothing is cut, covered or over another', async ({ app, page }) => {
      await app.open(page);
      await page.getByRole('grid').waitFor();
      await widestFont(page);
      for (const scene of scenes.filter(({ name }) => daily.includes(name))) {
        await scene.open(page, lang);
        for (const [width, height] of [
          [1024, 640],
          [1280, 800],
          [1440, 900],
        ] as const) {
          await page.setViewportSize({ width, height });
          expect.soft(await faultsOf(page), `${scene.name} at ${width} px`).toEqual([]);
        }
      }
    });
  });
}
