import { defineConfig } from '@playwright/test';
import tests from './playwright.config';

/** Every screen in every form, looked at and kept as a picture: `go run ./build screens`. */
export default defineConfig(tests, {
  testMatch: /\.sheet\.ts$/,
  retries: 0,
  reporter: 'line',
  use: { actionTimeout: 20_000 },
});
