import { readdirSync } from 'node:fs';
import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/**
 * What each feature may use of the others, from the bottom up: no two use each other. State
 * (session, router, keys, the open list) is below all of them, lib below that.
 */
const below = {
  anonymise: [],
  changes: [],
  filters: [],
  help: ['filters'],
  people: ['anonymise'],
  export: ['filters'],
  firstrun: ['filters'],
  settings: ['export', 'firstrun'],
  sync: ['firstrun'],
  detail: ['anonymise', 'changes', 'help'],
  interactions: ['detail', 'filters'],
  review: ['changes', 'detail', 'filters'],
  overview: ['filters', 'interactions'],
  shell: ['export', 'filters', 'settings', 'sync'],
};

const forbid = (files, group, message) => ({
  files,
  rules: { 'no-restricted-imports': ['error', { patterns: [{ group, message }] }] },
});

const layers = [
  forbid(['src/lib/**'], ['$state/*', '$features/*'], 'lib knows neither state nor features.'),
  forbid(['src/state/**'], ['$features/*', '../*'], 'State is below the features.'),
  ...readdirSync(new URL('src/features', import.meta.url)).map((feature) =>
    forbid(
      [`src/features/${feature}/**`],
      ['$features/*', ...(below[feature] ?? []).map((other) => `!$features/${other}`), '../*'],
      `What ${feature} may use is said in eslint.config.js.`,
    ),
  ),
];

export default ts.config(
  { ignores: ['dist/', 'wailsjs/', 'src/lib/i18n/messages.gen.ts', 'test-results/', 'playwright-report/'] },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  prettier,
  ...svelte.configs.prettier,
  { languageOptions: { globals: { ...globals.browser, ...globals.node } } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig } },
  },
  {
    rules: {
      // Foreign text is never markup: what customers write is shown as it is.
      'svelte/no-at-html-tags': 'error',
      'no-undef': 'off', // the type checker knows better
      'no-unused-private-class-members': 'off', // misses ??=
      // Maps in these modules are caches and parsers; what is shown is state of its own.
      'svelte/prefer-svelte-reactivity': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  ...layers,
);
