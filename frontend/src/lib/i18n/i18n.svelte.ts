import { IntlMessageFormat } from 'intl-messageformat';
import enFields from '$go/fields.en.json';
import en from './en.json';
import type { Messages } from './messages.gen';

export type Lang = 'en' | 'cs';
export type Key = keyof Messages;
export type Params = Record<string, string | number>;

type Catalogue = Record<string, string>;

/** The first screen waits for the catalogue of its own language, not for all of them. */
const catalogues: { en: Catalogue; cs?: Catalogue } = { en: { ...en, ...enFields } };
const home: Record<Lang, string> = { en: 'GB', cs: 'CZ' };

/**
 * The language of words and the region of formats; reading either in a component makes it
 * follow a change of the settings at once.
 */
class I18n {
  lang = $state<Lang>('en');
  /** A region code ("CZ", "GB"), or "" for the language's own. */
  region = $state('');
  /** Words of the language with the region's order and separators: "en-CZ". */
  readonly locale = $derived(`${this.lang}-${this.region || home[this.lang]}`);
  /** The region's own locale, for numbers: 1 234,5 in Czechia whatever the language. */
  readonly numberLocale = $derived(numberLocale(this.region || home[this.lang]));
}

export const i18n = new I18n();

const regionLocales = new Map<string, string>();

function numberLocale(region: string): string {
  let locale = regionLocales.get(region);
  if (!locale) {
    locale = new Intl.Locale('und', { region }).maximize().toString();
    regionLocales.set(region, locale);
  }
  return locale;
}

/** Brings the catalogue of a language ("en", "cs"); rejects when it cannot be had. */
export async function loadLanguage(lang: string): Promise<void> {
  if (lang !== 'cs' || catalogues.cs) return;
  const [words, fields] = await Promise.all([import('./cs.json'), import('$go/fields.cs.json')]);
  catalogues.cs = { ...words.default, ...fields.default };
}

/** The latest call of setLanguage: a catalogue that comes late does not undo a later choice. */
let latest = 0;

/**
 * Applies the settings' language ("en", "cs") and region ("en", "cs" or "" for its own): at once
 * when the language is loaded, otherwise as soon as it is.
 */
export function setLanguage(lang: string, region: string): void {
  const call = ++latest;
  if (lang === 'cs' && !catalogues.cs) {
    void loadLanguage(lang).then(() => call === latest && apply(lang, region));
  } else {
    apply(lang, region);
  }
}

function apply(lang: string, region: string): void {
  i18n.lang = lang === 'cs' ? 'cs' : 'en';
  i18n.region = region === 'cs' ? 'CZ' : region === 'en' ? 'GB' : '';
  if (typeof document !== 'undefined') document.documentElement.lang = i18n.lang;
}

interface Message {
  format(params?: Params): unknown;
}

const compiled = new Map<string, Message>();

/** Makes a formatter once for each locale and its options: making one costs more than a hundred uses. */
function once<Options, Format>(
  make: (locale: string, options?: Options) => Format,
): (locale: string, options?: Options) => Format {
  const made = new Map<string, Format>();
  return (locale, options) => {
    const id = JSON.stringify([locale, options]);
    let format = made.get(id);
    if (!format) made.set(id, (format = make(locale, options)));
    return format;
  };
}

const numbers = once((locale, options?: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options));
const dates = once(
  (locale, options?: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options),
);
const plurals = once((locale, options?: Intl.PluralRulesOptions) => new Intl.PluralRules(locale, options));

function compile(key: string): Message | undefined {
  const text = catalogues[i18n.lang]?.[key];
  if (text === undefined) return undefined;
  // Most have nothing to fill in and nothing quoted, and are what they say.
  if (!/[{}']/.test(text)) return { format: () => text };
  const id = `${i18n.lang}|${i18n.numberLocale}|${key}`;
  let message = compiled.get(id);
  if (!message) {
    const { lang, numberLocale: locale } = i18n;
    message = new IntlMessageFormat(text, lang, undefined, {
      ignoreTag: true,
      formatters: {
        getNumberFormat: (_, options) => numbers(locale, options),
        getDateTimeFormat: (_, options) => dates(lang, options),
        getPluralRules: (_, options) => plurals(lang, options),
      },
    });
    compiled.set(id, message);
  }
  return message;
}

/** The text of a message; parameters are checked against the catalogue when it is built. */
export function t<K extends Key>(
  key: K,
  ...params: Messages[K] extends undefined ? [] : [Messages[K]]
): string {
  return String(compile(key)?.format(params[0] as Params | undefined));
}

/** What a message says in every language that is loaded, with its places unfilled: to be searched. */
export function inEveryLanguage(key: string): string[] {
  return [catalogues.en[key], catalogues.cs?.[key]].filter((text) => text !== undefined);
}

/** Whether the catalogue has a key that is only known at run time. */
export function has(key: string): key is Key {
  return key in catalogues.en;
}

/**
 * The text of a key made at run time ("value.ended.USER", "error.offline"), or the fallback
 * when the catalogue has none: values from outside may be newer than it.
 */
export function tOr(key: string, fallback: string, params?: Params): string {
  const message = compile(key);
  if (!message) return fallback;
  try {
    return String(message.format(params));
  } catch {
    return fallback; // a parameter that the message needs did not come
  }
}
