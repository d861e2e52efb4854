import type { Page } from '@playwright/test';
import { foreignTo, speakPseudo, type Lang } from './catalogue';
import { expect, test } from './fixtures';
import { faultsOf } from './layout';
import { foreignOf } from './pseudo';
import { scenes, widestFont } from './scenes';

/** The screens of every day; `go run ./build screens` looks at all of them, in more forms. */
const daily = ['list of 30 days', 'details', 'overview, last30days', 'export'];
const windows: Record<number, number> = { 1024: 640, 1280: 800, 1440: 900 };

async function look(page: Page, lang: Lang, widths: readonly number[]): Promise<void> {
  await page.getByRole('grid').waitFor();
  await widestFont(page);
  const foreign = lang === 'en' ? [] : foreignTo(lang);
  for (const scene of scenes.filter(({ name }) => daily.includes(name))) {
    await scene.open(page, lang);
    const words = lang === 'en' ? [] : await foreignOf(page, foreign);
    expect.soft(words, `${scene.name} in ${lang}`).toEqual([]);
    for (const width of widths) {
      await page.setViewportSize({ width, height: windows[width] ?? 0 });
      expect.soft(await faultsOf(page), `${scene.name} in ${lang} at ${width} px`).toEqual([]);
    }
  }
}

test.describe('en', () => {
  test('nothing is cut, covered or over another', async ({ app, page }) => {
    await app.open(page);
    await look(page, 'en', [1024, 1440]);
  });
});

test.describe('cs', () => {
  test.use({ args: ['--demo', '--lang', 'cs'] });
  test('nothing is cut, covered or over another, nor in a language with longer words', async ({
    app,
    page,
  }) => {
    await app.open(page);
    await look(page, 'cs', [1024, 1280, 1440]);
    await speakPseudo(page);
    await page.goto('about:blank');
    await app.open(page);
    await look(page, 'pseudo', [1024, 1280]);
  });
});
