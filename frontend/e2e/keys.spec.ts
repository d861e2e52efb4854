import { expect, test } from './fixtures';
import { columns, List } from './list';

declare global {
  interface Window {
    /** What was on paper when the page was printed. */
    sheet?: { rows: number; heads: string[]; text: string; outside: number };
  }
}

test('Ctrl+P prints the visible columns of the list, at most its first 500 rows', async ({ app, page }) => {
  await page.addInitScript(() => {
    window.print = () => {
      const paper = document.querySelector<HTMLElement>('.list-print')!;
      const seen = (one: Element) => one.checkVisibility() && !paper.contains(one);
      window.sheet = {
        rows: paper.querySelectorAll('tbody tr').length,
        heads: [...paper.querySelectorAll('th')].map((head) => head.textContent ?? ''),
        text: paper.innerText,
        outside: [...document.querySelectorAll('[role=grid], [role=search], [role=banner]')].filter(seen)
          .length,
      };
    };
  });
  await app.open(page);
  const list = new List(page);
  const today = await list.shown();
  await page.emulateMedia({ media: 'print' });
  await page.keyboard.press('Control+p');
  await expect.poll(() => page.evaluate(() => window.sheet?.rows)).toBe(today);
  const sheet = await page.evaluate(() => window.sheet!);
  expect(sheet.heads, 'all but the actions').toEqual(columns.slice(0, -1));
  expect(sheet.outside, 'nothing else is on paper').toBe(0);

  await page.emulateMedia({ media: 'screen' });
  await expect(page.locator('.list-print')).toHaveCount(0);
  const total = await list.show('Everything stored');
  await page.evaluate(() => (window.sheet = undefined));
  await page.emulateMedia({ media: 'print' });
  await page.keyboard.press('Control+p');
  await expect.poll(() => page.evaluate(() => window.sheet?.rows)).toBe(500);
  expect(await page.evaluate(() => window.sheet!.text)).toContain(
    `The first 500 of ${total.toLocaleString('en-GB')} interactions`,
  );
});

test('Ctrl+Z cancels the last waiting change, but not while text is typed', async ({ app, page }) => {
  await app.open(page);
  const list = new List(page);
  await list.shown();
  await page.keyboard.press('Alt+4');
  const waiting = page.getByRole('main', { name: 'Changes' }).getByRole('row').filter({ hasText: 'Waiting' });
  await expect(waiting.first()).toBeVisible();
  const before = await waiting.count();

  await page.keyboard.press('Alt+1');
  await list.sender.fill('77');
  await list.sender.press('Control+z'); // takes back what was typed
  await page.keyboard.press('Escape');
  await page.keyboard.press('Alt+4');
  await expect(waiting).toHaveCount(before);

  await page.getByRole('main', { name: 'Changes' }).focus();
  await page.keyboard.press('Control+z');
  await expect(waiting).toHaveCount(before - 1);
  await expect(page.getByRole('status').filter({ hasText: /^Cancelled: / })).toBeAttached();
});
