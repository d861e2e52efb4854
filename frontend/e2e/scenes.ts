import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { sections } from '../src/features/settings/values';
import { drawn } from './list';

export type Lang = 'en' | 'cs';

const catalogues = Object.fromEntries(
  (['en', 'cs'] as const).map((lang) => {
    const read = (file: string): Record<string, string> =>
      JSON.parse(readFileSync(fileURLToPath(new URL(file, import.meta.url)), 'utf8'));
    return [lang, { ...read(`../src/lib/i18n/${lang}.json`), ...read(`../wailsjs/go/fields.${lang}.json`) }];
  }),
) as Record<Lang, Record<string, string>>;

/** The words of a message without parameters. */
export function word(lang: Lang, key: string): string {
  const text = catalogues[lang][key];
  if (text === undefined) throw new Error(`no message ${key}`);
  return text;
}

/** A state of the screen, and how a person gets there from the list of what is stored. */
export interface Scene {
  name: string;
  open(page: Page, lang: Lang): Promise<unknown>;
}

/** Writes the page in the widest font that is usual on a desktop, which texts have to have room in. */
export async function widestFont(page: Page): Promise<void> {
  await page.evaluate(() =>
    document.documentElement.style.setProperty('--font', "'DejaVu Sans', Verdana, sans-serif"),
  );
  await drawn(page);
}

async function settled(page: Page): Promise<void> {
  await page.locator('main, .detail-pane').filter({ visible: true }).first().waitFor();
  await page.locator('[role=grid][aria-busy=true]').waitFor({ state: 'detached' });
  await drawn(page);
}

async function route(page: Page, hash: string): Promise<void> {
  await page.evaluate((to) => (location.hash = to), hash);
  await settled(page);
}

/** The list of a period, with nothing else open. */
async function list(page: Page, q = 'time:today'): Promise<void> {
  await route(page, `#/interactions?q=${encodeURIComponent(q)}`);
  await page.locator('[data-row]:not(.waiting)').first().waitFor();
}

/** The details of the first row that a filter finds. */
async function details(page: Page, q?: string): Promise<void> {
  await list(page, q);
  await page.locator('[data-row="0"] [role=rowheader]').dblclick();
  await page.locator('.detail-pane [role=tab]').first().click();
  await settled(page);
}

async function press(page: Page, lang: Lang, key: string): Promise<void> {
  await page
    .getByRole('button', { name: word(lang, key), exact: true })
    .first()
    .click();
}

/** A choice of the menu of the first row. */
async function rowMenu(page: Page, lang?: Lang, key?: string): Promise<void> {
  await list(page, 'time:last30days contact:empty');
  await page.locator('[data-row="0"] [role=rowheader]').click({ button: 'right' });
  if (lang && key) await page.getByRole('menuitem', { name: word(lang, key) }).click();
}

const many =
  'time:last30days AND (wait > 5m OR missed:waiting) AND NOT (queue:"Podpora CZ" OR (duration > 1m AND direction:IN))';

const listScenes: Scene[] = [
  { name: 'list of a day', open: (page) => list(page) },
  { name: 'list of 30 days', open: (page) => list(page, 'time:last30days') },
  { name: 'list of everything', open: (page) => list(page, 'time:all') },
  { name: 'list with conditions', open: (page) => list(page, many) },
  {
    name: 'list without rows',
    open: (page) =>
      route(page, `#/interactions?q=${encodeURIComponent('time:today AND contact:"nobody at all"')}`),
  },
  {
    name: 'days that are not stored',
    open: (page) => route(page, `#/interactions?q=${encodeURIComponent('time:2026-09-01..2026-09-14')}`),
  },
  { name: 'filter that cannot be read', open: (page) => route(page, '#/interactions?q=colour%3Ared') },
  {
    name: 'rows selected',
    open: async (page) => {
      await list(page);
      for (const row of [0, 2, 3]) await page.locator(`[data-row="${row}"] input`).click();
    },
  },
  {
    name: 'other field values in the bar',
    open: async (page) => {
      await list(page, 'time:last30days');
      await page.locator('#filter-sender').fill('+420 777');
      await drawn(page);
    },
  },
  { name: 'menu of a row', open: (page) => rowMenu(page) },
  {
    name: 'hours as a table',
    open: async (page, lang) => {
      await list(page, 'time:last30days');
      await press(page, lang, 'heat.asTable');
    },
  },
  {
    name: 'columns',
    open: async (page, lang) => {
      await list(page);
      await press(page, lang, 'columns.title');
    },
  },
];

const bar: Scene[] = ['time', 'users', 'queues'].map((field) => ({
  name: `bar, ${field}`,
  open: async (page) => {
    await list(page);
    await page.locator(`#filter-${field}`).click();
    await page.locator('[data-popover-content]').waitFor();
    await drawn(page);
  },
}));

const detailScenes: Scene[] = [
  { name: 'details', open: (page) => details(page, 'time:last30days AND messages > 10 AND activities > 1') },
  {
    name: 'details, activity',
    open: async (page) => {
      await details(page, 'time:last30days AND anomaly:yes');
      await page.locator('.detail-pane [role=tab]').nth(1).click();
      await drawn(page);
    },
  },
  {
    name: 'details, foot',
    open: async (page) => {
      await details(page, 'time:last30days AND messages > 10 AND activities > 1');
      await page.locator('.detail-pane .body').evaluate((body) => body.scrollTo(0, 9e9));
      await drawn(page);
    },
  },
  { name: 'details of a missed one', open: (page) => details(page, 'time:last30days AND missed:waiting') },
  {
    name: 'details of an anonymised one',
    open: (page) => details(page, 'time:last30days AND state:anonymised'),
  },
  { name: 'details that are not stored', open: (page) => route(page, '#/interactions/no-such-name/wap') },
];

const dialogs: Scene[] = [
  {
    name: 'advanced filter',
    open: async (page) => {
      await list(page, many);
      await page.keyboard.press('Control+Shift+F');
      await page.locator('#advanced-text').waitFor();
      await drawn(page);
    },
  },
  {
    name: 'export',
    open: async (page) => {
      await list(page, 'time:last30days');
      await page.keyboard.press('Control+e');
      await page.locator('#export-region').waitFor();
      await page.locator('[role=dialog] table').waitFor();
    },
  },
  {
    name: 'export as csv',
    open: async (page) => {
      await list(page);
      await page.keyboard.press('Control+e');
      await page.locator('input[value=csv]').check();
      await page.locator('[role=dialog] table').waitFor();
    },
  },
  {
    name: 'export of transcripts',
    open: async (page) => {
      await list(page);
      await page.keyboard.press('Control+e');
      await page.locator('input[value=transcripts]').check();
      await page.locator('[role=dialog] pre').waitFor();
    },
  },
  {
    name: 'quick field',
    open: async (page) => {
      await list(page);
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox').last().fill('>');
      await drawn(page);
    },
  },
  {
    name: 'keys and help',
    open: async (page) => {
      await list(page);
      await page.keyboard.press('F1');
      await page.getByRole('dialog').waitFor();
    },
  },
  { name: 'anonymise one', open: (page, lang) => rowMenu(page, lang, 'menu.anonymise') },
  { name: 'pair', open: (page, lang) => rowMenu(page, lang, 'menu.pair') },
  {
    name: 'sync panel',
    open: async (page) => {
      await list(page);
      await page.locator('header button.pill').first().click();
      await page.locator('[data-popover-content]').waitFor();
    },
  },
  {
    name: 'main menu',
    open: async (page, lang) => {
      await list(page);
      await press(page, lang, 'menu.main');
      await page.getByRole('menu').waitFor();
    },
  },
];

const others: Scene[] = [
  ...['time:today', 'time:last30days', 'time:all', 'time:yesterday AND wait > 1h'].map((q) => ({
    name: `overview, ${q.slice(5)}`,
    open: async (page: Page) => {
      await route(page, `#/overview?q=${encodeURIComponent(q)}`);
      await page.locator('.overview .card, .overview .void').first().waitFor();
      await drawn(page);
    },
  })),
  { name: 'changes', open: (page) => route(page, '#/changes') },
  ...sections.map((section) => ({
    name: `settings, ${section}`,
    open: (page: Page) => route(page, `#/settings/${section}`),
  })),
  { name: 'connect', open: (page) => route(page, '#/connect') },
];

/** Every screen, dialog and state that the demo data lead to. */
export const scenes: Scene[] = [...listScenes, ...bar, ...detailScenes, ...dialogs, ...others];
