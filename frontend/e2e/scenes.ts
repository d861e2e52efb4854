import type { Page } from '@playwright/test';
import { sections } from '../src/features/settings/values';
import { word, type Lang } from './catalogue';
import { drawn } from './list';

/** A state of the screen, and how a person gets there from the list of what is stored. */
export interface Scene {
  name: string;
  open(page: Page, lang: Lang): Promise<unknown>;
}

/** The widest and the narrowest of the fonts that are usual on a desktop; the second has the widths of Arial. */
export const fonts = { widest: 'DejaVu Sans', narrowest: 'Liberation Sans' };

/** Opens the page anew, written in a font from its first moment: widths are measured then. */
export async function openIn(font: string, page: Page, open: () => Promise<unknown>): Promise<void> {
  await page.addInitScript((family) => {
    const write = () => document.documentElement.style.setProperty('--font', `'${family}'`);
    if (document.documentElement) write();
    else document.addEventListener('readystatechange', write, { once: true });
  }, font);
  await page.goto('about:blank');
  await open();
  await page.getByRole('grid').waitFor();
  const there = await page.evaluate((family) => {
    const pen = document.createElement('canvas').getContext('2d')!;
    const wide = (fonts: string) => {
      pen.font = `40px ${fonts}`;
      return pen.measureText('Wait time').width;
    };
    return wide(`'${family}', monospace`) !== wide('monospace');
  }, font);
  if (!there) throw new Error(`the font ${font} is not installed`);
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

/** Waits for a dialog, and for what it asks for when it opens. */
async function dialog(page: Page): Promise<void> {
  await page.locator('[role=dialog], [role=alertdialog]').last().waitFor();
  await page.locator('[role=dialog] [aria-busy=true]').waitFor({ state: 'detached' });
  await drawn(page);
}

/** The page of a section of the settings, and a dialog that one of its buttons opens. */
async function settingsDialog(page: Page, lang: Lang, section: string, key: string): Promise<void> {
  await route(page, `#/settings/${section}`);
  await press(page, lang, key);
  await dialog(page);
}

/** The details of an interaction with a card of contact, account, ticket or review open. */
async function card(page: Page, at: number, q: string): Promise<void> {
  await details(page, q);
  await page.locator('.detail-pane .crm .part button').nth(at).click();
  await page.locator('[data-popover-content]').waitFor();
  await drawn(page);
}

/** A dialog that such a card leads to. */
async function cardDialog(page: Page, lang: Lang, at: number, key: string): Promise<void> {
  await card(page, at, unpaired);
  await press(page, lang, key);
  await dialog(page);
}

/** A choice of the menu of the first row. */
async function rowMenu(page: Page, lang?: Lang, key?: string): Promise<void> {
  await list(page, 'time:last30days contact:empty');
  await page.locator('[data-row="0"] [role=rowheader]').click({ button: 'right' });
  if (lang && key) await page.getByRole('menuitem', { name: word(lang, key) }).click();
}

/** Interactions with nothing beside them, so that each card offers to add something. */
const unpaired = 'time:last30days AND contact:empty AND answered:yes AND activities = 1 AND ticket:empty';

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
  {
    name: 'details, find',
    open: async (page) => {
      await details(page, 'time:last30days AND messages > 10 AND activities > 1');
      await page.locator('.detail-pane [role=log]').focus();
      await page.keyboard.press('Control+f');
      await page.locator('.detail-pane .find input').fill('a');
      await drawn(page);
    },
  },
  {
    name: 'details, steps as a table',
    open: async (page, lang) => {
      await details(page, 'time:last30days AND messages > 10 AND activities > 1');
      await press(page, lang, 'process.showTable');
      await page.locator('.detail-pane .body').evaluate((body) => body.scrollTo(0, 9e9));
      await drawn(page);
    },
  },
  {
    name: 'details, difference',
    open: async (page, lang) => {
      await details(page, 'time:last30days AND messages > 10 AND activities > 1');
      await press(page, lang, 'detail.difference');
      await page.locator('[data-popover-content]').waitFor();
      await drawn(page);
    },
  },
  {
    name: 'details, transcript kinds',
    open: async (page, lang) => {
      await details(page, 'time:last30days AND messages > 10 AND activities > 1');
      await press(page, lang, 'detail.saveTranscript');
      await page.getByRole('menu').waitFor();
      await drawn(page);
    },
  },
  ...['contact', 'account', 'ticket'].map((field, at) => ({
    name: `card of the ${field}`,
    open: (page: Page) => card(page, at, `time:last30days AND NOT ${field}:empty`),
  })),
  { name: 'card of a review', open: (page) => card(page, 3, 'time:last30days AND qa:yes') },
];

const changing: Scene[] = [
  { name: 'add a contact', open: (page, lang) => cardDialog(page, lang, 0, 'crm.addContact') },
  { name: 'merge with a ticket', open: (page, lang) => cardDialog(page, lang, 2, 'crm.addTicket') },
  { name: 'add a review', open: (page, lang) => cardDialog(page, lang, 3, 'crm.addReview') },
  {
    name: 'start an activity',
    open: async (page, lang) => {
      await details(page, unpaired);
      await press(page, lang, 'change.start.title');
      await dialog(page);
    },
  },
  {
    name: 'pair many',
    open: async (page, lang) => {
      await list(page);
      for (const row of [0, 2]) await page.locator(`[data-row="${row}"] input`).click();
      await press(page, lang, 'selection.pair');
      await dialog(page);
    },
  },
  {
    name: 'anonymise many',
    open: async (page, lang) => {
      await list(page);
      for (const row of [0, 2]) await page.locator(`[data-row="${row}"] input`).click();
      await press(page, lang, 'menu.anonymise');
      await dialog(page);
    },
  },
  {
    name: 'conflict',
    open: async (page, lang) => {
      await route(page, '#/changes');
      await press(page, lang, 'changes.review');
      await dialog(page);
    },
  },
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
    name: 'export with a template to name',
    open: async (page, lang) => {
      await list(page);
      await page.keyboard.press('Control+e');
      await page.locator('[role=dialog] table').waitFor();
      await press(page, lang, 'export.template.save');
      await page.locator('#export-template-name').fill('Monday');
      await drawn(page);
    },
  },
  {
    name: 'views',
    open: async (page) => {
      await list(page);
      await page.locator('header button.view').click();
      await page.getByRole('menu').waitFor();
      await drawn(page);
    },
  },
  ...['view.saveAs', 'view.paste'].map((key) => ({
    name: key === 'view.paste' ? 'paste a view' : 'save a view',
    open: async (page: Page, lang: Lang) => {
      await list(page);
      await page.locator('header button.view').click();
      await page.getByRole('menuitem', { name: word(lang, key), exact: true }).click();
      await dialog(page);
    },
  })),
  {
    name: 'person',
    open: async (page, lang) => {
      await settingsDialog(page, lang, 'data', 'person.open');
      await page.locator('#person-text').fill('nov');
      await page.keyboard.press('Enter');
      await page.locator('[role=dialog] fieldset, [role=dialog] table').first().waitFor();
      await drawn(page);
    },
  },
  { name: 'ledger', open: (page, lang) => settingsDialog(page, lang, 'data', 'ledger.open') },
  { name: 'set a PIN', open: (page, lang) => settingsDialog(page, lang, 'data', 'settings.lock.set') },
  {
    name: 'delete all data',
    open: (page, lang) => settingsDialog(page, lang, 'data', 'settings.data.wipe.button'),
  },
  {
    name: 'call that anonymises',
    open: async (page) => {
      await route(page, '#/settings/data');
      await page.locator('#set-anonymise-method').selectOption('POST');
      await page.locator('#set-anonymise-path').scrollIntoViewIfNeeded();
      await drawn(page);
    },
  },
  {
    name: 'days kept',
    open: async (page) => {
      await route(page, '#/settings/sync');
      await page.locator('#set-days').selectOption({ index: 1 });
      await dialog(page);
    },
  },
  {
    name: 'licences',
    open: async (page, lang) => {
      await settingsDialog(page, lang, 'about', 'settings.about.licences.show');
      await page.locator('[role=dialog] pre:not(:empty)').waitFor();
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
  {
    name: 'what went wrong',
    open: async (page) => {
      await list(page);
      await page.keyboard.press('Control+7');
      await page.locator('.reasons [aria-pressed=true]').waitFor();
      await drawn(page);
    },
  },
  {
    name: 'review mode',
    open: async (page) => {
      await route(page, `#/review?q=${encodeURIComponent('time:last30days AND answered:yes AND qa:no')}`);
      await page.locator('.dock fieldset').first().waitFor();
      await drawn(page);
    },
  },
  {
    name: 'sample for review',
    open: async (page, lang) => {
      await list(page, 'time:last30days');
      await press(page, lang, 'menu.main');
      await page.getByRole('menuitem', { name: word(lang, 'review.sample') }).click();
      await page.locator('[role=dialog] li').first().waitFor();
      await drawn(page);
    },
  },
  {
    name: 'quick field, found',
    open: async (page) => {
      await list(page);
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox').last().fill('an');
      await page.getByRole('option').first().waitFor();
      await drawn(page);
    },
  },
  { name: 'reports', open: (page) => route(page, '#/reports') },
  {
    name: 'a new report',
    open: async (page, lang) => {
      await route(page, '#/reports');
      await press(page, lang, 'report.new');
      await page.locator('.cover dl').waitFor();
      await drawn(page);
    },
  },
  ...sections.map((section) => ({
    name: `settings, ${section}`,
    open: (page: Page) => route(page, `#/settings/${section}`),
  })),
  { name: 'connect', open: (page) => route(page, '#/connect') },
  {
    name: 'connect, nothing filled in',
    open: async (page, lang) => {
      await route(page, '#/connect');
      await press(page, lang, 'firstrun.test');
      await drawn(page);
    },
  },
];

/** Every screen, dialog and state that the demo data lead to. */
export const scenes: Scene[] = [...listScenes, ...bar, ...detailScenes, ...changing, ...dialogs, ...others];
