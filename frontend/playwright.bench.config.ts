import { defineConfig } from '@playwright/test';
import tests from './playwright.config';

/** Measurements on the screen: `go run ./build bench screen`. One at a time, on a quiet computer. */
export default defineConfig(tests, {
  testMatch: /\.bench\.ts$/,
  workers: 1,
  retries: 0,
  timeout: 900_000,
  reporter: 'line',
  use: { launchOptions: { ...tests.use?.launchOptions, ignoreDefaultArgs: ['--hide-scrollbars'] } },
});
