import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import { printAST } from '@formatjs/icu-messageformat-parser/printer.js';
import type { Page } from '@playwright/test';

/** How much longer a text may be in another language. */
const longer = 0.4;
/** Stands at both ends of a text, and moves what a sentence is put together of to the wrong side. */
const mark = '\u200f';

const accents: Record<string, string> = Object.fromEntries(
  [...'aàbƀcčdďeéfƒgǧhĥiíjĵkķlĺnňoórřsštťuůwŵxẋyýzž'].flatMap((letter, at, all) =>
    at % 2 === 0
      ? [
          [letter, all[at + 1]!],
          [letter.toUpperCase(), all[at + 1]!.toUpperCase()],
        ]
      : [],
  ),
);
const accented = (text: string) => text.replace(/[a-z]/gi, (letter) => accents[letter] ?? letter);

/** The words with accents, each longer at its end by its own letters, all of them by what is said. */
function stretched(text: string): string {
  let owed = 0;
  return text.replace(/\p{L}+/gu, (word) => {
    owed += word.length * longer;
    const more = Math.round(owed);
    owed -= more;
    const tail = word.toLowerCase();
    return accented(word + tail.repeat(Math.ceil(more / tail.length)).slice(0, more));
  });
}

function stretch(nodes: MessageFormatElement[]): void {
  for (const node of nodes) {
    if (node.type === TYPE.literal) node.value = stretched(node.value);
    else if (node.type === TYPE.plural || node.type === TYPE.select)
      for (const option of Object.values(node.options)) stretch(option.value);
  }
}

/**
 * A message in a language that nobody speaks but everybody can read: in letters with accents, 40 %
 * longer, between right-to-left marks. What shows without them was not taken from the catalogue.
 */
export function pseudo(message: string): string {
  const nodes = parse(message, { ignoreTag: true, captureLocation: false });
  stretch(nodes);
  return `${mark}${printAST(nodes)}${mark}`;
}

/** Gives a page that is started in Czech these messages for the Czech ones, from the next time it is opened. */
export async function speak(page: Page, messages: Record<string, string>): Promise<void> {
  const body = `export default ${JSON.stringify(messages)};`;
  await page.route(/\/assets\/(fields\.)?cs-[^/]*\.js$/, (route) =>
    route.fulfill({ contentType: 'text/javascript', body }),
  );
}

/**
 * The texts of a screen that are one of these, which the page has in the language it speaks, too:
 * words that were written into the code, or said by the program in another language.
 */
export async function foreignOf(page: Page, texts: readonly string[]): Promise<string[]> {
  return page.evaluate((all) => {
    const foreign = new Set(all);
    const found = new Set<string>();
    const look = (text: string | null, where: string) => {
      const said = text?.trim();
      if (said && foreign.has(said)) found.add(`“${said}” is of another language in ${where}`);
    };
    for (const one of document.querySelectorAll<HTMLElement>('body *')) {
      if (one.closest('script, style')) continue;
      const where = one.className && typeof one.className === 'string' ? one.className : one.tagName;
      for (const name of ['title', 'aria-label', 'placeholder']) look(one.getAttribute(name), where);
      for (const part of one.childNodes) if (part.nodeType === Node.TEXT_NODE) look(part.nodeValue, where);
    }
    return [...found];
  }, texts);
}
