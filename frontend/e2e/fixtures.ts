import { cp } from 'node:fs/promises';
import path from 'node:path';
import { test as base, expect, type Page } from '@playwright/test';
import { makeHome, removeHome, start, type Started } from './program';
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
}

const address = /(http:\/\/127\.0\.0\.1:\d+\/)\?key=(\S+)/;

export const test = base.extend<Options & { app: App }>({
  args: [['--demo'], { option: true }],
  env: [{}, { option: true }],
  stored: [true, { option: true }],

  app: async ({ args, env, stored }, use) => {
    const home = await makeHome();
    if (stored) await cp(downloaded(), path.join(home, 'data'), { recursive: true });
    const serve = (more: string[] = []) => start(home, [...args, 'serve', ...more], address, env);
    let program: Started = await serve();
    const pages = new Set<Page>();
    try {
      await use({
        home,
        log: () => program.log(),
        async open(page, route = '') {
          const [base, key] = program.found;
          pages.add(page);
          const answer = await page.goto(`${base}?key=${key}${route}`);
          const status = answer?.status() ?? 200; // no answer: only the part after the # is another
          if (status === 200) await page.getByRole('main').first().waitFor({ state: 'attached' });
          return status;
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
      expect(await program.stop(), 'exit code after SIGTERM').toBe(0);
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
