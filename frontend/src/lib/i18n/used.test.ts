import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import cs from './cs.json';
import en from './en.json';

const root = join(import.meta.dirname, '../../../..');

/** The texts of source files below a folder of the repository, without tests. */
function sources(folder: string, name: RegExp): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter(
      (entry) =>
        entry.isFile() && name.test(entry.name) && !/(_test\.go|\.test\.ts|\.gen\.ts)$/.test(entry.name),
    )
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
}

const code = [
  ...sources('frontend/src', /\.(svelte|ts)$/),
  ...['app', 'store', 'build'].flatMap((folder) => sources(folder, /\.go$/)),
  readFileSync(join(root, 'main.go'), 'utf8'),
].join('\n');

/**
 * What the code says of messages: whole keys, and beginnings of keys whose rest is known only at
 * run time, from `field.${name}` in the page and "export." + name in Go.
 */
const whole = new Set([...code.matchAll(/['"`]([a-zA-Z][\w.]*\w)['"`]/g)].map((match) => match[1]));
const word = '\\w+'; // what is known only at run time is one word of a key, not a whole branch
const escaped = (text: string) => text.replace(/\./g, '\\.');
const patterns = [
  ...[...code.matchAll(/`([a-zA-Z][\w.]*\.(?:\$\{[^}`]*\}|[\w.])*)`/g)].map(([, text = '']) =>
    escaped(text.replace(/\$\{[^}]*\}/g, '\u0001')).replaceAll('\u0001', word),
  ),
  ...[...code.matchAll(/"([a-zA-Z][\w.]*\.)" ?\+/g)].map(([, text = '']) => escaped(text) + word),
];
const made = new RegExp(`^(?:${[...new Set(patterns)].join('|')})$`);

const isUsed = (key: string) => whole.has(key) || made.test(key);

const keys = Object.keys(en);

describe('every message', () => {
  it('is the same set in both languages', () => {
    expect(Object.keys(cs)).toEqual(keys);
  });

  it('is said somewhere by the code', () => {
    expect(keys.filter((key) => !isUsed(key))).toEqual([]);
  });

  it('has one apostrophe', () => {
    const typed = 'help.flag.query'; // an example for a shell, whose quotation mark is the straight one
    const straight = (messages: Record<string, string>) =>
      Object.entries(messages).filter(([key, text]) => key !== typed && text.includes("'"));
    expect([...straight(en), ...straight(cs)]).toEqual([]);
  });
});

describe('every screen', () => {
  /** Words that are the same in each language, or no words at all. */
  const names =
    /^(?:English|Čeština|Daktela|Wapdesk|WhatsApp|p90|[^\p{L}]*|[a-z]|t[A-D]|[\d.,:\s–…·×≈%+-]+[a-z]{0,3})$/u;

  it('shows texts of the catalogue alone', () => {
    const foreign: string[] = [];
    for (const entry of readdirSync(join(root, 'frontend/src'), { recursive: true, withFileTypes: true })) {
      if (!entry.name.endsWith('.svelte')) continue;
      const source = readFileSync(join(entry.parentPath, entry.name), 'utf8');
      const markup = source
        .replace(/<script[\s\S]*?<\/script>/g, '')
        .replace(/<style[\s\S]*?<\/style>/g, '')
        .replace(/<!--[\s\S]*?-->/g, '');
      // Values of the attributes that people read.
      for (const [, , value = ''] of markup.matchAll(/\b(title|aria-label|placeholder|alt)="([^"{]*)"/g)) {
        if (!names.test(value.trim())) foreign.push(`${entry.name}: ${value}`);
      }
      // Text between elements, once expressions and blocks are taken out.
      let plain = markup;
      for (let before = ''; before !== plain;) {
        before = plain;
        plain = plain.replace(/\{[^{}]*\}/g, '\u0001');
      }
      plain = plain.replace(/=>/g, '');
      for (const [, value = ''] of plain.matchAll(/>([^<>]+)</g)) {
        for (const part of value.split('\u0001')) {
          if (!names.test(part.trim())) foreign.push(`${entry.name}: ${part.trim()}`);
        }
      }
    }
    expect(foreign).toEqual([]);
  });
});
