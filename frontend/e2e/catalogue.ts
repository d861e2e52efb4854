import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { pseudo, speak } from './pseudo';

/** A language of the screen: one of the program's, or the made-up one of tests, see pseudo. */
export type Lang = 'en' | 'cs' | 'pseudo';

type Catalogue = Record<string, string>;

function read(lang: 'en' | 'cs'): Catalogue {
  const file = (name: string): Catalogue =>
    JSON.parse(readFileSync(fileURLToPath(new URL(name, import.meta.url)), 'utf8'));
  return { ...file(`../src/lib/i18n/${lang}.json`), ...file(`../wailsjs/go/fields.${lang}.json`) };
}

const en = read('en');
const catalogues: Record<Lang, Catalogue> = {
  en,
  cs: read('cs'),
  pseudo: Object.fromEntries(Object.entries(en).map(([key, text]) => [key, pseudo(text)])),
};

/** The language that the program is started in for a page of a language. */
export const started = (lang: Lang) => (lang === 'pseudo' ? 'cs' : lang);

/** Makes the page of a program that was started in Czech speak the made-up language from now on. */
export const speakPseudo = (page: Page) => speak(page, catalogues.pseudo);

/**
 * Messages that are no text of a page in a language: those of English that it says otherwise. A short
 * word may be an answer of a form or a name, which the program shows as the contact centre has it.
 */
export function foreignTo(lang: Lang): string[] {
  const own = new Set(Object.values(catalogues[lang]));
  return Object.values(en).filter((text) => text.length > 6 && !/[{}]/.test(text) && !own.has(text));
}

/** The words of a message without parameters. */
export function word(lang: Lang, key: string): string {
  const text = catalogues[lang][key];
  if (text === undefined) throw new Error(`no message ${key}`);
  return text;
}
