import type { Page } from '@playwright/test';
import { foreignTo, speakPseudo, type Lang } from './catalogue';
import { expect, test } from './fixtures';
import { faultsOf } from './layout';
import { foreignOf } from './pseudo';
import { fonts, openIn, scenes } from './scenes';

/** The screens of every day; `go run ./build screens` looks at all of them, in more forms. */
const daily = ['list of 30 days', 'details', 'overview, last30days', 'export'];
const heights: Record<number, number> = { 1024: 640, 1280: 800, 1366: 768, 1440: 900 };

async function look(page: Page, lang: Lang, widths: readonly number[]): Promise<void> {
  const foreign = lang === 'en' ? [] : foreignTo(lang);
  for (const scene of scenes.filter(({ name }) => daily.includes(name))) {
    await scene.open(page, lang);
    const words = lang === 'en' ? [] : await foreignOf(page, foreign);
    expect.soft(words, `${scene.name} in ${lang}`).toEqual([]);
    for (const width of widths) {
      await page.setViewportSize({ width, height: heights[width] ?? 0 });
      expect.soft(await faultsOf(page), `${scene.name} in ${lang} at ${width} px`).toEqual([]);
    }
  }
}

test.describe('en', () => {
  test('nothing is cut, covered or over another', async ({ app, page }) => {
    await openIn(fonts.widest, page, () => app.open(page));
    await look(page, 'en', [1024, 1440]);
    await openIn(fonts.narrowest, page, () => app.open(page));
    await look(page, 'en', [1366]);
  });
});

test.describe('cs', () => {
  test.use({ args: ['--demo', '--lang', 'cs'] });
  test('nothing is cut, covered or over another, nor in a language with longer words', async ({
    app,
    page,
  }) => {
    await openIn(fonts.narrowest, page, () => app.open(page));
    await look(page, 'cs', [1366]);
    await openIn(fonts.widest, page, () => app.open(page));
    await look(page, 'cs', [1024, 1280, 1440]);
    await speakPseudo(page);
    await openIn(fonts.widest, page, () => app.open(page));
    await look(page, 'pseudo', [1024, 1280]);
  });
});
