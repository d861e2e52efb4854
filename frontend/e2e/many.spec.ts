import { chromium, type BrowserContext, type Page } from '@playwright/test';
import { fill } from './fill';
import { expect, test } from './fixtures';
import { List } from './list';
import { Table } from './table';

type StorageState = Awaited<ReturnType<BrowserContext['storageState']>>;

const million = 1_000_000;
/** Of the standard density, px. */
const rowHeight = 34;
/** After this the thumb is where it belongs, and no row may have moved. */
const settled = 400; // ms

/** The numbers of the rows that are seen in full, from 0. */
async function seen(page: Page): Promise<{ first: number; last: number; drawn: number }> {
  return page.getByRole('grid').evaluate((grid) => {
    const box = grid.getBoundingClientRect();
    const head = grid.querySelector('[role=columnheader]')?.getBoundingClientRect().bottom ?? box.top;
    const bottom = box.top + grid.clientHeight;
    const rows = [...grid.querySelectorAll<HTMLElement>('[role=row]')].filter((row) =>
      row.querySelector('[role=rowheader]'),
    );
    const whole = rows.filter((row) => {
      const own = row.getBoundingClientRect();
      return own.top >= head - 1 && own.bottom <= bottom + 1;
    });
    const numbers = whole.map((row) => Number(row.getAttribute('aria-rowindex')) - 2);
    return { first: Math.min(...numbers), last: Math.max(...numbers), drawn: rows.length };
  });
}

test('E09 a million rows: every place is reached, at each scale of the screen', async ({
  app,
  launchOptions,
}) => {
  test.setTimeout(600_000);
  let oldest = 0;
  await app.restart(async () => {
    oldest = await fill(app.home, million);
  });
  const last = new Date(oldest).toLocaleTimeString('en-GB', { timeZone: 'Europe/Prague' });
  let opened: { storageState: StorageState; address: string } | undefined;
  for (const scale of [1, 1.5, 2]) {
    await test.step(`${scale * 100} %`, async () => {
      // The real scale of the screen, not one that is emulated; and with scrollbars.
      const browser = await chromium.launch({
        ...launchOptions,
        args: [
          ...(launchOptions.args ?? []),
          `--force-device-scale-factor=${scale}`,
          '--window-size=1440,900',
        ],
        ignoreDefaultArgs: ['--hide-scrollbars'],
      });
      try {
        // The program's key lets one browser in; the next ones show what that one was given.
        const context = await browser.newContext({ viewport: null, storageState: opened?.storageState });
        const page = await context.newPage();
        if (opened) await page.goto(opened.address);
        else await app.open(page);
        opened ??= { storageState: await context.storageState(), address: new URL('/', page.url()).href };
        expect(await page.evaluate(() => devicePixelRatio)).toBe(scale);
        const list = new List(page);
        const table = new Table(page);
        await list.shown();
        expect(await list.show('Everything stored')).toBe(million);
        await table.settled();

        // End and Home.
        await table.cell(0, 2).click();
        await page.keyboard.press('Control+End');
        await expect(table.row(million - 1)).toContainText(last);
        await expect(table.cell(million - 1, 2)).toBeFocused();
        await page.waitForTimeout(settled);
        const end = await seen(page);
        expect(end.last).toBe(million - 1);
        expect(end.drawn, 'rows in the document').toBeLessThanOrEqual(60);
        await page.keyboard.press('ArrowUp');
        await expect(table.cell(million - 2, 2)).toBeFocused();
        await page.keyboard.press('PageUp');
        await expect.poll(async () => (await seen(page)).first).toBeLessThan(end.first);
        await page.keyboard.press('Control+Home');
        await expect(table.cell(0, 2)).toBeFocused();
        await page.waitForTimeout(settled);
        expect((await seen(page)).first).toBe(0);

        // The thumb: to the end, and from the start to the middle.
        const box = await table.grid.boundingBox();
        if (!box) throw new Error('the grid has no place');
        const x = box.x + box.width - 4;
        const [top, bottom] = [box.y + 16, box.y + box.height]; // the top within the thumb
        const middle = (top + bottom) / 2;
        await page.mouse.move(x, top);
        await page.mouse.down();
        await page.mouse.move(x, bottom + 60, { steps: 12 });
        await page.mouse.up();
        await expect.poll(async () => (await seen(page)).last, 'thumb at the end').toBe(million - 1);
        await expect(table.row(million - 1)).toContainText(last);
        await page.waitForTimeout(settled);
        expect((await seen(page)).last, 'at rest').toBe(million - 1);
        await table.grid.getByRole('columnheader', { name: 'Connector' }).focus();
        await page.keyboard.press('Control+Home');
        await expect.poll(async () => (await seen(page)).first).toBe(0);
        await page.waitForTimeout(settled);
        await page.mouse.move(x, top);
        await page.mouse.down();
        await page.mouse.move(x, middle, { steps: 12 });
        await page.mouse.up();
        await table.settled();
        await page.waitForTimeout(settled);
        const half = await seen(page);
        expect(half.first).toBeGreaterThan(million * 0.4);
        expect(half.first).toBeLessThan(million * 0.6);

        // The wheel moves by rows wherever it is, and nothing moves when it rests.
        await page.mouse.move(box.x + 400, middle);
        for (let turn = 1; turn <= 10; turn++) {
          await page.mouse.wheel(0, 3 * rowHeight);
          await expect.poll(async () => (await seen(page)).first).toBe(half.first + 3 * turn);
        }
        await page.waitForTimeout(settled);
        expect((await seen(page)).first).toBe(half.first + 30);
        for (let turn = 9; turn >= 0; turn--) {
          await page.mouse.wheel(0, -3 * rowHeight);
          await expect.poll(async () => (await seen(page)).first).toBe(half.first + 3 * turn);
        }
        await table.settled();
      } finally {
        await browser.close();
      }
    });
  }
});
