import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './fixtures';

/** WCAG 2.2 AA with what it builds on. */
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * Looks for faults of accessibility, in light and in dark, and whether the page has a place to be
 * moved to, which a jump within it would find. The dark page is the same document in
 * other colours, so what does not follow the colours is looked at once.
 */
export async function check(page: Page, where: string, inside = 'html'): Promise<void> {
  const below = await page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight);
  expect.soft(below, `px below the window on ${where}`).toBeLessThanOrEqual(0);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const builder = new AxeBuilder({ page })
      .setLegacyMode() // the page has no frames, which a page of its own would be opened for
      .include(inside)
      .exclude('[data-row]:nth-child(n+7)'); // a row of the list is like the next
    const { violations } = await (
      colorScheme === 'light' ? builder.withTags(rules) : builder.withRules(['color-contrast'])
    ).analyze();
    const found = violations.map((violation) => ({
      rule: violation.id,
      help: violation.help,
      at: violation.nodes.map((node) => node.target.join(' ')),
    }));
    expect.soft(found, `axe on ${where}, ${colorScheme}`).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}
