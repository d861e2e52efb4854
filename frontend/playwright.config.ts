import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

/** Debian's Chromium without a window of its own needs a third less of the computer than the whole one. */
const shell = '/usr/bin/chromium-headless-shell';

/**
 * End-to-end tests of the built program in its browser mode ("wapdesk serve"), in the
 * system's Chromium. `go run ./build test -run browser` builds nothing but runs them.
 */
export default defineConfig({
  testDir: './e2e',
  globalSetup: './e2e/setup.ts',
  outputDir: './test-results',
  fullyParallel: true,
  workers: 2,
  retries: 0, // a test that fails now and then is a fault to find
  timeout: 120_000, // the computer may be busy; a passing test takes seconds
  expect: { timeout: 20_000 },
  use: {
    browserName: 'chromium',
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'Europe/Prague',
    colorScheme: 'light',
    contextOptions: { reducedMotion: 'reduce' }, // nothing to wait for, nothing to paint in between
    screenshot: 'only-on-failure',
    trace: 'off', // costs a third of the time; --trace=on shows what a test did
    launchOptions: {
      executablePath: process.env.WAPDESK_CHROMIUM ?? (existsSync(shell) ? shell : '/usr/bin/chromium'),
      // The first because tests may run as root; the rest keep the browser off the network.
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
