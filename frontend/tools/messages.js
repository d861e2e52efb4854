import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse, TYPE } from '@formatjs/icu-messageformat-parser';

const folder = fileURLToPath(new URL('../src/lib/i18n/', import.meta.url));
/** What the fields are called, made of the program's own table. */
const generated = fileURLToPath(new URL('../wailsjs/go/', import.meta.url));
const target = `${folder}messages.gen.ts`;
const languages = ['en', 'cs'];

/** Messages of the command line and of files alone: the page neither carries nor knows them. */
const ofCommands = new RegExp(
  [
    '^(cli|help|usage)\\.',
    '^export\\.(about|summary|activity|delivery|kind|message|state)\\.',
    '^report\\.(line\\.(?!copied)|note\\.|sheet\\.)',
    '^report\\.(figure|now|same|then|change|changeShare|total|part|more|firstReply|within|agent|queue|status|byStatus)$',
  ].join('|'),
);

/** Plural forms that a language's catalogue has to give. @type {Record<string, string[]>} */
const plurals = { en: ['one', 'other'], cs: ['one', 'few', 'many', 'other'] };

/**
 * @param {import('@formatjs/icu-messageformat-parser').MessageFormatElement[]} nodes
 * @param {Map<string, string>} found parameter name to TypeScript type
 * @param {(forms: string[]) => void} onPlural
 */
function collect(nodes, found, onPlural) {
  for (const node of nodes) {
    switch (node.type) {
      case TYPE.argument:
        if (!found.has(node.value)) found.set(node.value, 'string | number');
        break;
      case TYPE.number:
        found.set(node.value, 'number');
        break;
      case TYPE.plural:
        found.set(node.value, 'number');
        onPlural(Object.keys(node.options).filter((form) => !form.startsWith('=')));
        for (const option of Object.values(node.options)) collect(option.value, found, onPlural);
        break;
      case TYPE.select:
        found.set(node.value, 'string');
        for (const option of Object.values(node.options)) collect(option.value, found, onPlural);
        break;
    }
  }
  return found;
}

/** @param {string} language @param {string[]} problems */
function read(language, problems) {
  /** @type {Record<string, string>} */
  const texts = {
    ...JSON.parse(readFileSync(`${folder}${language}.json`, 'utf8')),
    ...JSON.parse(readFileSync(`${generated}fields.${language}.json`, 'utf8')),
  };
  /** @type {Map<string, Map<string, string>>} */
  const messages = new Map();
  for (const [key, text] of Object.entries(texts)) {
    try {
      const found = collect(parse(text, { ignoreTag: true }), new Map(), (forms) => {
        const missing = (plurals[language] ?? []).filter((form) => !forms.includes(form));
        if (missing.length > 0) problems.push(`${language} ${key}: plural without ${missing.join(', ')}`);
      });
      messages.set(key, found);
    } catch (error) {
      problems.push(`${language} ${key}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return messages;
}

/** Compares the catalogues and returns what is wrong with them and the types of the messages. */
export function compare() {
  /** @type {string[]} */
  const problems = [];
  const [en, ...others] = languages.map((language) => ({ language, messages: read(language, problems) }));
  if (!en) throw new Error('no catalogue');
  for (const { language, messages } of others) {
    for (const [key, params] of en.messages) {
      const other = messages.get(key);
      if (!other) problems.push(`${language} ${key}: missing`);
      for (const name of other?.keys() ?? []) {
        if (!params.has(name)) problems.push(`${language} ${key}: unknown parameter ${name}`);
      }
      for (const name of params.keys()) {
        if (other && !other.has(name)) problems.push(`${language} ${key}: parameter ${name} is not used`);
      }
    }
    for (const key of messages.keys()) if (!en.messages.has(key)) problems.push(`en ${key}: missing`);
  }
  const lines = [...en.messages]
    .filter(([key]) => !ofCommands.test(key))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, params]) => {
      const fields = [...params].map(([name, type]) => `${name}: ${type}`).join('; ');
      return `  '${key}': ${fields ? `{ ${fields} }` : 'undefined'};`;
    });
  const types = [
    '// Written by tools/messages.js from the English catalogue; do not edit.',
    '/** Every message of the page with its parameters. */',
    'export interface Messages {',
    ...lines,
    '}',
    '',
  ].join('\n');
  return { problems, types };
}

/** Writes the types when they changed; throws when a catalogue is incomplete. */
export function write() {
  const { problems, types } = compare();
  let old = '';
  try {
    old = readFileSync(target, 'utf8');
  } catch {
    // the first run in this folder
  }
  if (old !== types) writeFileSync(target, types);
  if (problems.length > 0) throw new Error(`message catalogues:\n  ${problems.join('\n  ')}`);
}

/** Vite's side of it: an incomplete catalogue fails the build. @returns {import('vite').Plugin} */
export function messages() {
  return {
    name: 'messages',
    enforce: 'pre',
    buildStart() {
      write();
    },
    transform(code, id) {
      if (!id.startsWith(folder) || !id.endsWith('.json')) return null;
      const texts = Object.entries(JSON.parse(code)).filter(([key]) => !ofCommands.test(key));
      return { code: JSON.stringify(Object.fromEntries(texts)), map: null };
    },
    handleHotUpdate({ file, server }) {
      if (!file.startsWith(folder) || !file.endsWith('.json')) return;
      try {
        write();
      } catch (error) {
        server.config.logger.error(error instanceof Error ? error.message : String(error));
      }
    },
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) write();
