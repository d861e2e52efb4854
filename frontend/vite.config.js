import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { messages } from './tools/messages.js';

const at = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));

/**
 * The policy of the page: nothing but the app itself. Only the built page carries it,
 * because the development server puts styles in line.
 */
const policy = [
  "default-src 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

const contentPolicy = {
  name: 'content-policy',
  apply: /** @type {const} */ ('build'),
  transformIndexHtml: () => [
    {
      tag: 'meta',
      attrs: { 'http-equiv': 'Content-Security-Policy', content: policy },
      injectTo: /** @type {const} */ ('head-prepend'),
    },
  ],
};

/** Lists the packages that the built page holds, as folders below this one, for the licences and the bill of materials. */
const bundledPackages = {
  name: 'bundled-packages',
  apply: /** @type {const} */ ('build'),
  /**
   * @this {import('vite').Rollup.PluginContext}
   * @param {unknown} _
   * @param {import('vite').Rollup.OutputBundle} bundle
   */
  generateBundle(_, bundle) {
    const folders = new Set();
    for (const part of Object.values(bundle)) {
      for (const id of part.type === 'chunk' ? part.moduleIds : []) {
        const found = /node_modules\/(?:.*node_modules\/)?(?:@[^/]+\/)?[^/]+/.exec(id.replaceAll('\\', '/'));
        if (found) folders.add(found[0]);
      }
    }
    const source = `${JSON.stringify([...folders].sort(), null, 1)}\n`;
    this.emitFile({ type: 'asset', fileName: '.vite/packages.json', source });
  },
};

/** While developing: calls, events and files go to a running program, and so does the first visit, with its key. */
function program() {
  const target = process.env.WAPDESK_SERVE;
  if (!target) return undefined;
  const there = { target, changeOrigin: true, headers: { origin: target } };
  return { '^/(call|events|file|download|upload)(/|$)': there, '^/\\?key=': there };
}

export default defineConfig(({ mode }) => ({
  plugins: [messages(), svelte(), contentPolicy, bundledPackages],
  resolve: {
    alias: {
      $lib: at('src/lib'),
      $features: at('src/features'),
      $state: at('src/state'),
      $go: at('wailsjs/go'),
    },
    // Tests of runes run in Node but need the browser's build of Svelte.
    conditions: mode === 'test' ? ['browser'] : undefined,
  },
  server: { proxy: program() },
  build: {
    target: 'safari16',
    assetsInlineLimit: 0,
    manifest: true, // says what the first screen loads
    modulePreload: { polyfill: false },
  },
  test: {
    include: ['src/**/*.test.ts'],
    environment: 'node',
    // One process for all files, in a quarter of the time; the language and the zone are set anew for each test.
    isolate: false,
    setupFiles: ['src/lib/testing.ts'],
  },
}));
