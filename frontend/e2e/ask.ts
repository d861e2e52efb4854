import type { Page } from '@playwright/test';

/** What the page calls the program by. */
type Calls = Record<string, Record<string, (...args: unknown[]) => Promise<unknown>>>;

/** Asks the program as the page does. */
export function ask<T>(page: Page, screen: string, method: string, ...args: unknown[]): Promise<T> {
  return page.evaluate(
    ([name, call, given]) =>
      (window as unknown as { go: { app: Calls } }).go.app[name]![call]!(...given) as Promise<T>,
    [screen, method, args] as const,
  );
}

/** A row of the list, by what tells who the customer is. */
export interface Row {
  name: string;
  contact: string;
  account: string;
  wa: string;
  waNumber: string;
  sender: string;
  title: string;
  tickets: string[];
}

/** The details of an interaction, by what tells who the customer is. */
export interface Told {
  row: Row;
  activities: { name: string; title: string; description: string }[];
  messages: { text: string; direction: string; cardName: string; cardNumber: string; place: string }[];
  contact: { numbers: string[]; emails: string[]; description: string } | null;
  reviews: { answers: { type: string; answers: string[] }[] }[];
}

/** The filter that leaves nothing out. */
export const everything = {
  time: { preset: 'all', from: '', to: '' },
  users: [],
  tookPart: false,
  queues: [],
  contact: '',
  noContact: false,
  sender: '',
  sort: [],
};

/** A condition of the advanced filter. */
export const where = (field: string, op: string, value: string) => ({
  where: { field, op, values: [value] },
});

/** The rows that a filter finds. */
export async function found(page: Page, filter: object = {}): Promise<Row[]> {
  const { snapshot, total } = await ask<{ snapshot: string; total: number }>(page, 'Interactions', 'Search', {
    ...everything,
    ...filter,
  });
  const rows: Row[] = [];
  for (let from = 0; from < total; from += 200) {
    rows.push(...(await ask<{ rows: Row[] }>(page, 'Interactions', 'Window', snapshot, from, 200)).rows);
  }
  return rows;
}

/** A customer of whom one interaction is stored, with what would tell who it was. */
export interface Stranger {
  name: string;
  person: string;
  number: string;
  words: string;
}

/**
 * Finds a customer of whom one interaction is stored, with more than some messages, and who said something that
 * nobody else did.
 */
export async function stranger(page: Page, messages = 6): Promise<Stranger> {
  const [rows, chats] = [await found(page), await found(page, where('messages', 'gt', String(messages)))];
  const once = (of: (row: Row) => string, value: string) =>
    value.length > 6 && rows.filter((row) => of(row) === value).length === 1;
  for (const row of chats) {
    if (!once((one) => one.waNumber, row.waNumber) || !once((one) => one.contact, row.contact)) continue;
    if (rows.filter((one) => [one.wa, one.title].includes(row.contact)).some((one) => one.name !== row.name))
      continue;
    const told = await ask<Told>(page, 'Details', 'Open', row.name);
    if (told.activities.length !== 1) continue;
    for (const { direction, text } of told.messages) {
      if (direction !== 'IN' || text.length < 25 || text.length > 200 || text.includes('\n')) continue;
      const { total } = await ask<{ total: number }>(page, 'Interactions', 'Search', {
        ...everything,
        ...where('text', 'contains', text),
      });
      if (total === 1) return { name: row.name, person: row.contact, number: row.waNumber, words: text };
    }
  }
  throw new Error('everybody is stored twice');
}

/**
 * What would tell who customers were of whom nothing is stored outside of a filter: names, numbers, and what they
 * said. A few of each are enough.
 */
export async function marksWithin(page: Page, filter: object): Promise<string[]> {
  const [rows, inside] = [await found(page), await found(page, filter)];
  const names = new Set(inside.map((row) => row.name));
  const outside = rows.filter((row) => !names.has(row.name));
  const others = new Set(
    outside.flatMap((row) => [row.waNumber, row.contact, row.wa, row.title, row.sender]),
  );
  const only = (of: (row: Row) => string) =>
    [...new Set(inside.map(of))].filter((text) => text.length > 8 && !others.has(text)).slice(0, 20);
  const marks = only((row) => row.waNumber);
  for (const name of only((row) => row.contact)) {
    // Another contact may have the same name, and no interaction.
    if ((await ask<unknown[]>(page, 'People', 'Find', name)).length === 1) marks.push(name);
  }
  const count = async (filter: object) =>
    (await ask<{ total: number }>(page, 'Interactions', 'Search', { ...everything, ...filter })).total;
  for (const row of inside.slice(0, 5)) {
    const told = await ask<Told>(page, 'Details', 'Open', row.name);
    const said = told.messages
      .map((one) => one.text)
      .filter((text) => text.length < 200 && !text.includes('\n'))
      .sort((a, b) => b.length - a.length)[0];
    if (said && (await count(where('text', 'contains', said))) === 1) marks.push(said);
  }
  return marks;
}

/** Which of some texts stand in another or in a file. */
export function holding(marks: string[], text: string | Buffer): string[] {
  return marks.filter(
    (one) => text.includes(one) || (Buffer.isBuffer(text) && text.includes(Buffer.from(one, 'utf16le'))),
  );
}

/** What of a customer stands in a text or a file. */
export function traces(of: Stranger, text: string | Buffer): string[] {
  return holding([of.person, of.number, of.words], text);
}
