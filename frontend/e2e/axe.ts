import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './fixtures';

/** WCAG 2.2 AA with what it builds on. */
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

type Scheme = 'light' | 'dark';

/** A fault of accessibility: what is asked, and where on the page it is not so. */
export interface Violation {
  rule: string;
  help: string;
  at: string[];
}

/** Looks for faults of accessibility inside what a selector finds, or for those of colours alone. */
export async function violationsOf(page: Page, inside = 'html', coloursOnly = false): Promise<Violation[]> {
  const builder = new AxeBuilder({ page })
    .setLegacyMode() // the page has no frames, which a page of its own would be opened for
    .include(inside)
    .exclude('[data-row]:nth-child(n+7)'); // a row of the list is like the next
  const { violations } = await (
    coloursOnly ? builder.withRules(['color-contrast']) : builder.withTags(rules)
  ).analyze();
  return violations.map((violation) => ({
    rule: violation.id,
    help: violation.help,
    at: violation.nodes.map((node) => node.target.join(' ')),
  }));
}

/**
 * Looks for faults of accessibility, in light and in dark, and whether the page has a place to be
 * moved to, which a jump within it would find. A page in the second scheme is the same document in
 * other colours, so what does not follow the colours is looked at once.
 */
export async function check(
  page: Page,
  where: string,
  inside = 'html',
  schemes: readonly Scheme[] = ['light', 'dark'],
): Promise<void> {
  const below = await page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight);
  expect.soft(below, `px below the window on ${where}`).toBeLessThanOrEqual(0);
  for (const [turn, colorScheme] of schemes.entries()) {
    await page.emulateMedia({ colorScheme });
    const found = await violationsOf(page, inside, turn > 0);
    expect.soft(found, `axe on ${where}, ${colorScheme}`).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}
