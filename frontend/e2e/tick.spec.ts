import type { Locator } from '@playwright/test';
import { expect, test } from './fixtures';
import { List } from './list';
import { Table } from './table';

/** What a box looks like: its own colour in the middle of the left edge, and whether the hook is drawn. */
const painted = (box: Locator) =>
  box.evaluate((input) => ({
    background: getComputedStyle(input).backgroundColor,
    hook: getComputedStyle(input, '::after').content !== 'none',
  }));

const accent = 'rgb(21, 88, 192)';

test('a ticked row is painted as ticked, and an unticked one as empty', async ({ app, page }) => {
  await app.open(page);
  const list = new List(page);
  await list.shown();
  const table = new Table(page);
  const box = (at: number) => table.row(at).getByRole('checkbox');
  const mouseAway = () => page.mouse.move(700, 5);

  await box(1).click();
  await mouseAway();
  await expect(table.row(1)).toHaveAttribute('aria-selected', 'true');
  await expect.poll(() => painted(box(1))).toEqual({ background: accent, hook: true });

  // A range, whose last row is one that is ticked already: it stays so.
  await box(4).click({ modifiers: ['Shift'] });
  await box(4).click({ modifiers: ['Shift'] });
  await mouseAway();
  for (const at of [1, 2, 3, 4]) {
    await expect.poll(() => painted(box(at))).toEqual({ background: accent, hook: true });
  }
  await box(2).click();
  await mouseAway();
  await expect(table.row(2)).toHaveAttribute('aria-selected', 'false');
  await expect.poll(() => painted(box(2)).then((look) => look.hook)).toBe(false);
});
