import { fields as table } from '$go/fields';
import type { profile } from '$lib/backend';
import { i18n } from '$lib/i18n';
import { naturalWidth } from './natural';
import { session } from './session.svelte';

type Described = (typeof table)[number];
type Listed = Exclude<Described, { width: readonly [0, 0] }>;
export type Field = Listed['name'];

const listed = table.filter((field): field is Listed => field.width[0] > 0);
const byName = new Map<Field, Listed>(listed.map((field) => [field.name, field]));

/** The fields that the list can show: in the order of Daktela's own list, then those hidden at first. */
export const fields: readonly Field[] = listed.map((field) => field.name);

/** Fields that are shown unless somebody hides them. */
export const usual: readonly Field[] = listed.filter((field) => field.usual).map((field) => field.name);

export const kindOf = (field: Field) => byName.get(field)?.kind;
export const isSortable = (field: Field) => byName.get(field)?.sortable ?? false;
export const isPersonal = (field: Field) => byName.get(field)?.personal ?? false;

/** Whether times carry their date: not while one day is shown, with the year when it is not the present one. */
export type Dates = 'none' | 'short' | 'full';
const minWidth = 48;
/** Choices whose values are names of the contact centre. */
const namesOf: ReadonlySet<Field> = new Set<Field>(['queue', 'user', 'connector', 'status']);
/** The settings have no narrower column; one that was never resized is kept as this or 0. */
const unsetWidth = 40;
const maxWidth = 640;

export const rightAligned: ReadonlySet<Field> = new Set(
  listed.filter(({ kind }) => kind === 'duration' || kind === 'number').map(({ name }) => name),
);

export interface Column {
  field: Field;
  /** px at normal text size. */
  width: number;
}

export function isField(name: string): name is Field {
  return byName.has(name as Field);
}

/**
 * Puts saved settings in order: unknown columns are skipped, missing ones come at their
 * usual place, and Time is always first and shown.
 */
export function arrange(saved: profile.ColumnSetting[]): profile.ColumnSetting[] {
  const known = saved.filter((setting, at) => {
    const first = saved.findIndex((other) => other.field === setting.field) === at;
    return first && isField(setting.field);
  });
  for (const [at, field] of fields.entries()) {
    if (known.some((setting) => setting.field === field)) continue;
    const before = fields.slice(0, at).findLast((name) => known.some((setting) => setting.field === name));
    const place = known.findIndex((setting) => setting.field === before) + 1;
    known.splice(place, 0, { field, width: 0, hidden: !usual.includes(field) });
  }
  const time = known
    .filter((setting) => setting.field === 'time')
    .map((setting) => ({ ...setting, hidden: false }));
  return [...time, ...known.filter((setting) => setting.field !== 'time')];
}

/** The columns as this person has them; changes are kept with the settings. */
class Columns {
  readonly settings = $derived(arrange(session.settings?.columns ?? []));
  dates = $state<Dates>('none');
  /** Widths during a drag, before they are kept. */
  #dragged = $state.raw<{ field: Field; width: number }>();

  readonly visible = $derived(
    this.settings
      .filter((setting) => !setting.hidden)
      .map((setting): Column => {
        const field = setting.field as Field;
        if (this.#dragged?.field === field) return this.#dragged;
        return { field, width: setting.width > unsetWidth ? setting.width : this.#usual(field) };
      }),
  );

  #usual(field: Field): number {
    const described = byName.get(field);
    const kind = described?.kind;
    // Customers' texts have no longest, and end in an ellipsis: they get what the table gives them.
    const named = kind === 'text' || namesOf.has(field);
    const least = (named && described?.width[i18n.lang === 'cs' ? 1 : 0]) || minWidth;
    return Math.max(least, naturalWidth(field, kind, this.dates));
  }

  drag(field: Field, width: number): void {
    this.#dragged = { field, width: clampWidth(width) };
  }

  async resize(field: Field, width: number): Promise<void> {
    this.#dragged = undefined;
    await this.#keep((setting) =>
      setting.field === field ? { ...setting, width: clampWidth(width) } : setting,
    );
  }

  async show(field: Field, shown: boolean): Promise<void> {
    await this.#keep((setting) => (setting.field === field ? { ...setting, hidden: !shown } : setting));
  }

  /** Moves a column by visible places; Time stays first. */
  async move(field: Field, by: number): Promise<void> {
    const shown = this.visible.map((column) => column.field);
    const at = shown.indexOf(field);
    const to = Math.min(Math.max(1, at + by), shown.length - 1);
    const target = shown[to];
    if (at < 1 || target === undefined || to === at) return;
    const order = this.settings.filter((setting) => setting.field !== field);
    const place = order.findIndex((setting) => setting.field === target) + (to > at ? 1 : 0);
    const moved = this.settings.find((setting) => setting.field === field);
    if (moved) await session.change({ columns: order.toSpliced(place, 0, moved) });
  }

  async reset(): Promise<void> {
    await session.change({ columns: [] });
  }

  async #keep(change: (setting: profile.ColumnSetting) => profile.ColumnSetting): Promise<void> {
    await session.change({ columns: this.settings.map(change) });
  }
}

function clampWidth(width: number): number {
  return Math.round(Math.min(Math.max(width, minWidth), maxWidth));
}

export const columns = new Columns();
