import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { ask, everything, type Row, type Told } from './ask';
import { ExportDialog } from './exporting';
import { expect, test } from './fixtures';
import { List } from './list';
import { filesBelow } from './program';
import { Table } from './table';

test('E29 the language changes at once, with plurals and decimals of its own', async ({ app, page }) => {
  await app.open(page, '#/settings/language');
  const html = page.locator('html');
  await page.getByLabel('Language', { exact: true }).selectOption('Čeština');
  await expect(html).toHaveAttribute('lang', 'cs');
  await expect(page.getByRole('main', { name: 'Jazyk a oblast' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Interakce', exact: true })).toBeVisible();

  await page.keyboard.press('Alt+1');
  await page.getByRole('grid').locator('[data-row]:not(.waiting)').first().waitFor();
  const bar = page.getByRole('toolbar');
  let ticked = 0;
  for (const [n, words] of [
    [1, '1 vybraná'],
    [2, '2 vybrané'],
    [5, '5 vybraných'],
  ] as const) {
    while (ticked < n) await page.locator(`[data-row="${ticked++}"] input`).click();
    await expect(bar).toContainText(words);
  }
  await page.locator('#filter-sender').fill('nikdo');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('contentinfo')).toContainText(/^0\sinterakcí/);
  await page.evaluate(() => (location.hash = '#/overview?q=time%3Alast30days'));
  await expect(page.getByRole('main').getByRole('table').first()).toContainText(/\d,\d/); // 1,5 přerušení

  await page.evaluate(() => (location.hash = '#/settings/language'));
  await page.getByLabel('Jazyk', { exact: true }).selectOption('English');
  await expect(html).toHaveAttribute('lang', 'en');
});

/** Presses a key until something has the focus. */
async function until(page: Page, key: string, name: RegExp, most = 40): Promise<void> {
  for (let times = 0; times < most; times++) {
    const focused = await page.evaluate(() => {
      const one = document.activeElement;
      const labels = (one as HTMLInputElement | null)?.labels;
      return [one?.getAttribute('aria-label'), labels?.[0]?.innerText, one?.textContent].join(' ').trim();
    });
    if (name.test(focused)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${key} does not lead to ${String(name)}`);
}

test('E30 from the filter to a saved file by the keyboard alone', async ({ app, page }) => {
  await app.open(page);
  const list = new List(page);
  const all = await list.shown();

  // The draft, its count, Esc, Enter.
  await page.keyboard.press('Control+f');
  await until(page, 'Tab', /^\s*Sender/);
  await page.keyboard.type('77');
  const found = await list.draftCount();
  expect(found).toBeLessThan(all);
  await page.keyboard.press('Escape');
  await expect(list.sender).toHaveValue('');
  await page.keyboard.type('77');
  await page.keyboard.press('Enter');
  await expect.poll(() => list.total()).toBe(found);

  // A title sorts, a row opens its details, and they close again.
  const inGrid = page.locator('[role=grid] :focus');
  for (let times = 0; times < 8 && (await inGrid.count()) === 0; times++) await page.keyboard.press('F6');
  await expect(inGrid).toHaveCount(1);
  const header = new Table(page).header('Time');
  await page.keyboard.press('Control+Home');
  for (let times = 0; times < 3 && !(await header.evaluate((one) => one === document.activeElement)); times++)
    await page.keyboard.press(times === 0 ? 'ArrowUp' : 'ArrowRight');
  await expect(header).toBeFocused();
  const before = (await header.getAttribute('aria-sort')) ?? '';
  await page.keyboard.press('Enter');
  await expect(header).not.toHaveAttribute('aria-sort', before);
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('[data-row="0"] :focus')).toHaveCount(1);
  await page.keyboard.press('Enter');
  const details = page.getByRole('complementary', { name: 'Interaction details' });
  await expect(details.getByRole('log')).toBeVisible();
  await page.keyboard.press('j');
  await expect(details.getByRole('log')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(details).toHaveCount(0);

  // Two rows are selected and exported.
  await page.keyboard.press('Space');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(page.getByRole('toolbar', { name: 'Selected interactions' })).toContainText('2 selected');
  await page.keyboard.press('Control+e');
  const dialog = new ExportDialog(page);
  await expect(dialog.go).toBeEnabled();
  await until(page, 'Tab', /^Export 2 rows/);
  const download = page.waitForEvent('download');
  await page.keyboard.press('Enter');
  expect((await download).suggestedFilename()).toMatch(/\.xlsx$/);
  await expect(dialog.root.getByText('2 interactions saved')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog.root).toHaveCount(0);
});

test('E32 at 200 and 400 % and in small windows there are rows, tools and no page to scroll sideways', async ({
  app,
  page,
}) => {
  await app.open(page);
  const list = new List(page);
  await list.shown();
  for (const [width, height, rows] of [
    [1366, 768, 10],
    [1024, 640, 8],
    [720, 450, 3], // 1440 × 900 at 200 %
    [512, 320, 3], // 1024 × 640 at 200 %
    [360, 225, 3], // 1440 × 900 at 400 %
  ] as const) {
    const size = `${width} × ${height}`;
    await page.setViewportSize({ width, height });
    await list.grid.evaluate((grid) => grid.scrollIntoView({ block: 'end' })); // where the page itself scrolls
    await expect
      .poll(
        () =>
          page.evaluate(() => {
            const grid = document.querySelector('[role=grid]')!;
            const foot = Math.min(grid.getBoundingClientRect().bottom, innerHeight);
            const head = grid.querySelector('[role=columnheader]')!.getBoundingClientRect().bottom;
            const whole = (one: Element) => {
              const box = one.getBoundingClientRect();
              return box.top >= Math.max(head, 0) - 1 && box.bottom <= foot + 1;
            };
            return [...grid.querySelectorAll('[data-row]')].filter(whole).length;
          }),
        { message: `whole rows at ${size}` },
      )
      .toBeGreaterThanOrEqual(rows);
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(sideways, `px that the page scrolls sideways at ${size}`).toBeLessThanOrEqual(0);
    await page.keyboard.press('Control+e');
    const dialog = new ExportDialog(page);
    await expect(dialog.go, `the end of a dialog at ${size}`).toBeInViewport();
    await page.keyboard.press('Escape');
    await expect(dialog.root).toHaveCount(0);
  }
});

test('E33 dark follows the system, forced colours tell rows apart, and nothing moves for who asks for it', async ({
  app,
  page,
}) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await app.open(page);
  const list = new List(page);
  const table = new Table(page);
  await list.shown();
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await ground();
  expect(dark).toBe('rgb(18, 22, 28)');
  await page.emulateMedia({ colorScheme: 'light' });
  expect(await ground(), 'at once').toBe('rgb(255, 255, 255)');
  await page.evaluate(() => (location.hash = '#/settings/appearance'));
  await page.getByRole('main').getByText('Dark', { exact: true }).click();
  await expect.poll(ground, { message: 'chosen' }).toBe(dark);
  await page.getByRole('main').getByText('System', { exact: true }).click();
  await page.keyboard.press('Alt+1');
  await list.shown();

  await page.emulateMedia({ forcedColors: 'active' });
  await table.row(1).getByRole('checkbox').click();
  const line = (at: number) =>
    table.row(at).evaluate((row) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(row);
      return outlineStyle === 'none' ? 0 : parseFloat(outlineWidth);
    });
  expect(await line(1), 'a selected row has a frame').toBeGreaterThan(0);
  expect(await line(3)).toBe(0);
  await page.keyboard.press('Control+f');
  await page.keyboard.press('Tab');
  const ring = await page.locator(':focus').evaluate((one) => getComputedStyle(one).outlineStyle);
  expect(ring, 'the focus is seen').not.toBe('none');
  await page.emulateMedia({ forcedColors: 'none', reducedMotion: 'reduce' });
  await page.keyboard.press('Control+e');
  await expect(new ExportDialog(page).go).toBeEnabled();
  const moving = await page.evaluate(() =>
    [...document.querySelectorAll('*')]
      .filter((one) => {
        const { animationName, transitionDuration } = getComputedStyle(one);
        return animationName !== 'none' || transitionDuration.split(',').some((text) => parseFloat(text) > 0);
      })
      .map((one) => one.className),
  );
  expect(moving).toEqual([]);
});

test('E38 Delete all data asks for the name and leaves no readable file @windows', async ({ app, page }) => {
  await app.open(page);
  const list = new List(page);
  const table = new Table(page);
  await list.show('Everything stored');
  const { snapshot } = await ask<{ snapshot: string }>(page, 'Interactions', 'Search', everything);
  const { rows } = await ask<{ rows: Row[] }>(page, 'Interactions', 'Window', snapshot, 0, 100);
  const { name, contact, waNumber } = rows.find((row) => row.contact && row.waNumber.length > 8)!;
  const { messages } = await ask<Told>(page, 'Details', 'Open', name);
  const words = messages
    .map((one) => one.text)
    .sort((a, b) => b.length - a.length)[0]!
    .split('\n')[0]!;
  const known = (await table.column('WhatsApp contact')).filter((text) => /\p{L}{4}/u.test(text)).slice(0, 8);
  expect(known.length).toBeGreaterThan(3);
  known.push(contact, waNumber, words);
  const holding = async () => {
    const files: string[] = [];
    for (const file of await filesBelow(app.home)) {
      const bytes = await readFile(file).catch(() => Buffer.alloc(0)); // removed meanwhile
      const here = known.filter(
        (text) => bytes.includes(text) || bytes.includes(Buffer.from(text, 'utf16le')),
      );
      files.push(...here.map((text) => `${path.basename(file)}: ${text}`));
    }
    return files;
  };
  const holds = (await holding()).join('\n');
  for (const trace of [contact, waNumber, words])
    expect(holds, 'the test sees what there is').toContain(trace);

  await page.evaluate(() => (location.hash = '#/settings/data'));
  await page.getByRole('main').getByRole('button', { name: 'Delete all data…' }).click();
  const dialog = page.getByRole('alertdialog', { name: 'Delete all data on this computer?' });
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
  const confirm = dialog.getByRole('button', { name: 'Delete all data', exact: true });
  const field = dialog.getByRole('textbox');
  await field.fill('demo');
  await expect(confirm).toBeDisabled();
  await field.fill('demo.daktela.com');
  await confirm.click();
  await expect(page.getByRole('button', { name: /^Connect to Daktela/ })).toBeVisible({ timeout: 30_000 });
  expect(await holding()).toEqual([]);
  const left = (await filesBelow(path.join(app.home, 'data'))).filter((file) => !file.includes('.erasures'));
  expect(left.map((file) => path.basename(file)).filter((name) => /\.db|image|\.log$/.test(name))).toEqual(
    [],
  );
});
