import { fields } from '$go/fields';
import type { profile } from '$lib/backend';

/** What a file of rows can hold: the 14 columns of the contact centre's own list, then the rest. */
const exported = fields.filter((field) => field.exported);
export const pickable: readonly string[] = exported.map((field) => field.name);
export const allColumns: readonly string[] = exported
  .filter((field) => field.usual)
  .map((field) => field.name);

const unpicked = (field: string) => ({ field, on: allColumns.includes(field) });

/** Files of rows, then files of conversations. */
export const tables = ['xlsx', 'csv'] as const;
export const transcripts = ['pdf', 'txt', 'jsonl'] as const;
export type Format = (typeof tables)[number] | (typeof transcripts)[number];

export const isTranscript = (format: Format) => (transcripts as readonly string[]).includes(format);

/** What the dialog holds; the last one is kept in the settings as JSON. */
export interface Choice {
  format: Format;
  columns: 'list' | 'all' | 'pick';
  /** The order of all columns when they are picked, and which of them are in. */
  picked: { field: string; on: boolean }[];
  sheets: string[];
  lang: string;
  region: string;
  raw: boolean;
  rawText: boolean;
  delimiter: string;
  bom: boolean;
  seconds: boolean;
}

/** How a region writes .csv files; Excel there reads them without being asked. */
export function csvOf(region: string): Pick<Choice, 'delimiter' | 'bom' | 'seconds'> {
  return region === 'cs'
    ? { delimiter: ';', bom: true, seconds: false }
    : { delimiter: ',', bom: true, seconds: false };
}

export function defaultChoice(lang: string, region: string): Choice {
  const of = region || lang;
  return {
    format: 'xlsx',
    columns: 'list',
    picked: pickable.map(unpicked),
    sheets: [],
    lang,
    region: of === 'cs' ? 'cs' : 'en',
    raw: false,
    rawText: false,
    ...csvOf(of),
  };
}

/** Reads the kept choice over the default. What is unknown or of the wrong kind is left out. */
export function readChoice(kept: string, fallback: Choice): Choice {
  let parsed: unknown;
  try {
    parsed = JSON.parse(kept);
  } catch {
    return fallback;
  }
  if (typeof parsed !== 'object' || parsed === null) return fallback;
  const choice: Record<string, unknown> = { ...fallback };
  for (const [key, value] of Object.entries(parsed)) {
    const usual = choice[key];
    if (usual !== undefined && typeof value === typeof usual && Array.isArray(value) === Array.isArray(usual))
      choice[key] = value;
  }
  const made = choice as unknown as Choice;
  return {
    ...made,
    format: [...tables, ...transcripts].includes(made.format) ? made.format : 'xlsx',
    columns: made.columns === 'all' || made.columns === 'pick' ? made.columns : 'list',
    picked: completed(made.picked),
    sheets: made.sheets.filter((sheet) => ['summary', 'activities', 'messages'].includes(sheet)),
  };
}

/** The kept order with columns it does not know added at the end, on where they are usual. */
function completed(picked: Choice['picked']): Choice['picked'] {
  const known = picked.filter(
    ({ field }, index) =>
      pickable.includes(field) && picked.findIndex((other) => other.field === field) === index,
  );
  const added = pickable.filter((field) => !known.some((other) => other.field === field));
  return [...known, ...added.map(unpicked)];
}

/** The template that the choice equals, if any. */
export function templateOf(
  templates: readonly profile.ExportTemplate[],
  choice: Choice,
): profile.ExportTemplate | undefined {
  const wanted = JSON.stringify(ordered(choice));
  return templates.find((one) => JSON.stringify(ordered(readChoice(one.choice, choice))) === wanted);
}

/** The same choice with its parts in one order, to be compared. */
function ordered(choice: Choice): Choice {
  const sorted = Object.entries(choice).sort(([a], [b]) => (a < b ? -1 : 1));
  return { ...(Object.fromEntries(sorted) as unknown as Choice), sheets: [...choice.sheets].sort() };
}

/** The templates with one added, or put in the place of the one of its name. */
export function withTemplate(
  templates: readonly profile.ExportTemplate[],
  name: string,
  choice: Choice,
): profile.ExportTemplate[] {
  const made = { name: name.trim(), choice: JSON.stringify(choice) };
  const at = templates.findIndex((one) => sameName(one.name, name));
  return at < 0 ? [...templates, made] : templates.with(at, made);
}

export const sameName = (a: string, b: string) => a.trim().toLowerCase() === b.trim().toLowerCase();

/** The columns of the file, in order. */
export function columnsOf(choice: Choice, list: readonly profile.ColumnSetting[]): string[] {
  if (choice.columns === 'pick') return choice.picked.filter(({ on }) => on).map(({ field }) => field);
  if (choice.columns === 'list') {
    const shown = list.filter((column) => !column.hidden && pickable.includes(column.field));
    if (shown.length > 0) return shown.map((column) => column.field);
  }
  return [...allColumns];
}

/** The same columns with one moved by a number of places. */
export function moved<T>(items: readonly T[], from: number, by: number): T[] {
  const to = Math.min(items.length - 1, Math.max(0, from + by));
  const result = [...items];
  const [item] = result.splice(from, 1);
  if (item !== undefined) result.splice(to, 0, item);
  return result;
}
