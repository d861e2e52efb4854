import { cp } from 'node:fs/promises';
import path from 'node:path';
import { test as base, expect, type Cookie, type Page } from '@playwright/test';
import { makeHome, removeHome, serving, start, type Started } from './program';
import { downloaded } from './setup';

/** Wapdesk in its browser mode, with a data folder of its own. */
export interface App {
  readonly home: string;
  /** Opens the page with its one-time key, until it takes keys; the status of the answer. */
  open(page: Page, route?: string): Promise<number>;
  /**
   * Ends the program and starts it again on the same data, which may be changed in between;
   * more follows "serve" then.
   */
  restart(between?: () => Promise<void>, more?: string[]): Promise<void>;
  /** Starts the program again after it was ended in the middle of whatever it did. */
  crash(): Promise<void>;
  /** Ends the program, as Ctrl+C does. */
  stop(): Promise<void>;
  /** What the program wrote to standard error. */
  log(): string;
}

interface Options {
  /** What wapdesk is started with before "serve". */
  args: string[];
  env: Record<string, string>;
  /** Begin with the demo data downloaded already. */
  stored: boolean;
  /**
   * A program of the test's own; false where tests leave it as it was, settings too, and may share one where starting
   * takes long.
   */
  alone: boolean;
}

const address = /(http:\/\/127\.0\.0\.1:\d+\/)\?key=(\S+)/;

/** Opens the page of a program; the status of the answer. */
async function enter(program: Started, page: Page, route: string): Promise<number> {
  const [base, key] = program.found;
  const answer = await page.goto(`${base}?key=${key}${route}`);
  const status = answer?.status() ?? 200; // no answer: only the part after the # is another
  if (status === 200) await page.getByRole('main').first().waitFor({ state: 'attached' });
  return status;
}

/** Ends a program and looks how it ends. Wine ends one for Windows by the signal itself. */
async function stopped(program: Started): Promise<void> {
  const code = await program.stop();
  if (serving.length === 1) expect(code, 'exit code after SIGTERM').toBe(0);
}

/** The clock of a program that many tests share: all up to now is stored for half an hour, which they don't take. */
const earlier = '2026-11-19T13:30:00+01:00';

const notAlone = () => {
  throw new Error('this program serves other tests too');
};

export const test = base.extend<Options & { app: App }, { shared: () => Promise<App> }>({
  args: [['--demo'], { option: true }],
  env: [{}, { option: true }],
  stored: [true, { option: true }],
  alone: [true, { option: true }],

  shared: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads what is asked for from the pattern
    async ({}, use) => {
      let running: Promise<[home: string, program: Started]> | undefined;
      let cookies: Cookie[] = []; // what the first page got for the key, which works once
      const begin = async (): Promise<[string, Started]> => {
        const home = await makeHome();
        await cp(downloaded(), path.join(home, 'data'), { recursive: true });
        return [home, await start(home, ['--demo', 'serve'], address, { WAPDESK_NOW: earlier }, serving)];
      };
      await use(async () => {
        const [home, program] = await (running ??= begin());
        return {
          home,
          log: () => program.log(),
          async open(page, route = '') {
            await page.context().addCookies(cookies);
            const status = await enter(program, page, route);
            cookies = await page.context().cookies(program.found[0]);
            return status;
          },
          stop: notAlone,
          crash: notAlone,
          restart: notAlone,
        };
      });
      if (!running) return;
      const [home, program] = await running;
      await stopped(program);
      await removeHome(home);
    },
    { scope: 'worker' },
  ],

  app: async ({ args, env, stored, alone, shared }, use) => {
    if (!alone && serving.length > 1) {
      await use(await shared());
      return;
    }
    const home = await makeHome();
    if (stored) await cp(downloaded(), path.join(home, 'data'), { recursive: true });
    const serve = (more: string[] = []) => start(home, [...args, 'serve', ...more], address, env, serving);
    let program: Started = await serve();
    const pages = new Set<Page>();
    try {
      await use({
        home,
        log: () => program.log(),
        open(page, route = '') {
          pages.add(page);
          return enter(program, page, route);
        },
        async stop() {
          await program.stop();
        },
        async crash() {
          for (const page of pages) if (!page.isClosed()) await page.goto('about:blank');
          await program.kill();
          program = await serve();
        },
        async restart(between, more) {
          // A page without its program complains.
          for (const page of pages) if (!page.isClosed()) await page.goto('about:blank');
          await program.stop();
          await between?.();
          program = await serve(more);
        },
      });
      await stopped(program);
    } finally {
      await program.stop();
      await removeHome(home);
    }
  },

  // A script error or a failed request of the page fails the test that met it.
  page: async ({ page }, use) => {
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(`${error.name}: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text());
    });
    await use(page);
    expect(faults, 'errors of the page').toEqual([]);
  },
});

export { expect };
