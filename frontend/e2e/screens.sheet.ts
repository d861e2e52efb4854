import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { foreignTo, speakPseudo, started, type Lang } from './catalogue';
import { violationsOf } from './axe';
import { expect, test } from './fixtures';
import { faultsOf } from './layout';
import { foreignOf } from './pseudo';
import { fonts, openIn, scenes } from './scenes';

/** Where the pictures and the list of faults go. */
const folder = process.env.WAPDESK_SCREENS ?? path.join('test-results', 'screens');
/** Only the scenes, and the sizes, whose names match. */
const wanted = (variable: string) => {
  const pattern = new RegExp(process.env[variable] ?? '');
  return (one: { name: string }) => pattern.test(one.name);
};
const pictures = process.env.WAPDESK_PICTURES !== 'no';

/** A window in px, which is a larger one at 200 % where a person zooms. */
const sizes = [
  { name: '1440', width: 1440, height: 900 },
  { name: '1366', width: 1366, height: 768 },
  { name: '1280', width: 1280, height: 800 },
  { name: '1024', width: 1024, height: 640 },
  { name: '1440 zoomed to 200', width: 720, height: 450 },
].filter(wanted('WAPDESK_SIZES'));
const large = [{ name: '1440, text 200', width: 1440, height: 900 }].filter(wanted('WAPDESK_SIZES'));

/** One page with all pictures that are there. */
async function contactSheet(): Promise<void> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.png')).sort();
  const picture = (file: string) =>
    `<figure><a href="${file}"><img src="${file}" loading="lazy" width="360"></a><figcaption>${file}</figcaption></figure>`;
  await writeFile(
    path.join(folder, 'index.html'),
    `<!doctype html><meta charset="utf-8"><title>Screens</title>
<style>body { font: 12px sans-serif } figure { display: inline-block; margin: 8px; width: 360px; vertical-align: top }</style>
${files.map(picture).join('\n')}\n`,
  );
}

/** Words make the colours no other, and the made-up ones are looked at for their length alone. */
const schemesOf = (lang: Lang) => (lang === 'pseudo' ? (['light'] as const) : (['light', 'dark'] as const));

const langs = (['en', 'cs', 'pseudo'] as Lang[]).filter((lang) => wanted('WAPDESK_LANGS')({ name: lang }));

/** Fonts by name; others than the two that are looked at are taken from the environment. */
const families = process.env.WAPDESK_FONTS?.split(',') ?? Object.values(fonts);

for (const lang of langs) {
  for (const [textSize, windows, font] of [
    ...families.map((family) => [100, sizes, family] as const),
    [200, large, fonts.widest] as const,
  ]) {
    // What is made longer, or larger, is looked at where it takes most room.
    if (windows.length === 0 || (lang === 'pseudo' && font !== fonts.widest)) continue;
    test.describe(`${lang} at ${textSize} % in ${font}`, () => {
      test.use({ args: ['--demo', '--lang', started(lang)] });
      test('every screen', async ({ app, page }) => {
        test.setTimeout(3_600_000);
        await mkdir(folder, { recursive: true });
        if (lang === 'pseudo') await speakPseudo(page);
        await openIn(font, page, () => app.open(page));
        for (let size = 100; size < textSize; size += 10) await page.keyboard.press('Control+Equal');
        const foreign = foreignTo(lang);
        const said: string[] = [];
        for (const scene of scenes.filter(wanted('WAPDESK_SCENES'))) {
          await page.setViewportSize(windows[0]!);
          await page.goto('about:blank');
          await app.open(page);
          await page.getByRole('grid').waitFor();
          await scene.open(page, lang).catch((error: unknown) => {
            said.push(`${scene.name}, ${lang}: cannot be opened: ${String(error).split('\n')[0]}`);
          });
          if (lang !== 'en')
            for (const text of await foreignOf(page, foreign)) said.push(`${scene.name}, ${lang}: ${text}`);
          for (const colorScheme of textSize === 100 ? schemesOf(lang) : []) {
            await page.emulateMedia({ colorScheme });
            // A menu is of no part of the page, which is asked of all else.
            const inside = (await page.getByRole('menu').count()) > 0 ? '[role=menu]' : 'html';
            for (const { rule, at } of await violationsOf(page, inside, colorScheme === 'dark'))
              said.push(`${scene.name}, ${lang}, ${colorScheme}: axe says ${rule} of ${at.join(' and ')}`);
          }
          await page.emulateMedia({ colorScheme: 'light' });
          for (const size of windows) {
            await page.setViewportSize(size);
            for (const fault of await faultsOf(page))
              said.push(`${scene.name}, ${lang}, ${size.name}: ${fault}`);
            if (!pictures) continue;
            for (const colorScheme of schemesOf(lang)) {
              await page.emulateMedia({ colorScheme });
              const name = [scene.name, size.name, lang, colorScheme, font].join('-').replace(/\W+/g, '-');
              await page.screenshot({ path: path.join(folder, `${name}.png`), timeout: 60_000 });
            }
            await page.emulateMedia({ colorScheme: 'light' });
          }
          await writeFile(
            path.join(folder, `faults-${lang}-${textSize}-${font.replace(/\W+/g, '-')}.txt`),
            said.join('\n') + '\n',
          );
        }
        await contactSheet();
        expect(said).toEqual([]);
      });
    });
  }
}
