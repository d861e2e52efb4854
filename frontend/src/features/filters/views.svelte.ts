import { backend, type profile } from '$lib/backend';
import { t, tOr } from '$lib/i18n';
import { columns } from '$state/columns.svelte';
import { rereadOnTurn } from '$state/present';
import { session } from '$state/session.svelte';
import { filters } from './filters.svelte';
import { sameFilter } from './filter';

/** The saved views: a filter with its columns and sort under a name. */
class Views {
  all = $state.raw<profile.SavedView[]>([]);
  /** The view that was picked last; its filter may have been changed since. */
  current = $state.raw<profile.SavedView>();

  readonly changed = $derived(
    this.current !== undefined &&
      (!sameFilter(this.current.filter, filters.applied) ||
        JSON.stringify(this.current.filter.sort ?? []) !== JSON.stringify(filters.applied.sort ?? []) ||
        (this.current.columns.length > 0 && !sameColumns(this.current.columns))),
  );

  async load(): Promise<void> {
    this.all = await backend.views.Views();
    const current = this.current?.id;
    if (current) this.current = this.all.find((view) => view.id === current);
    this.current ??= this.all.find((view) => view.id === 'all');
  }

  /** Takes over the views of another profile. */
  async renew(): Promise<void> {
    this.all = [];
    this.current = undefined;
    await this.load();
  }

  /** What is shown as text to be passed on: the applied filter, its sort and the columns. */
  asText(): Promise<string> {
    const { id, title } = this.current
      ? { id: this.current.id, title: viewTitle(this.current) }
      : { id: '', title: t('view.custom') };
    return backend.views.Text({ ...this.#shown(), id, title });
  }

  /** Keeps a view that somebody passed on as text, and shows it. */
  async paste(text: string): Promise<void> {
    const read = await backend.views.Read(text);
    const saved = await backend.views.SaveView(read);
    await this.load();
    await this.pick(saved);
  }

  /** What is on the screen, as a view without a name. */
  #shown(): profile.SavedView {
    return {
      id: '',
      title: '',
      key: '',
      builtIn: false,
      filter: filters.applied,
      columns: columns.visible.map((column) => column.field),
    };
  }

  async pick(view: profile.SavedView): Promise<void> {
    this.current = view;
    if (view.columns.length > 0) await session.change({ columns: shownOnly(view.columns) });
    filters.apply({ ...view.filter, sort: view.filter.sort ?? [] });
  }

  /** Keeps the applied filter under a new name, or under the current view's own. */
  async save(title?: string): Promise<void> {
    const own = this.current && !this.current.builtIn && title === undefined ? this.current : undefined;
    const saved = await backend.views.SaveView({
      ...this.#shown(),
      id: own?.id ?? '',
      title: title ?? own?.title ?? '',
    });
    await this.load();
    this.current = saved;
  }

  async remove(view: profile.SavedView): Promise<void> {
    await backend.views.DeleteView(view.id);
    this.current = undefined;
    await this.load();
  }
}

function sameColumns(fields: string[]): boolean {
  const shown = columns.visible.map((column) => column.field as string);
  return shown.length === fields.length && shown.every((field, at) => field === fields[at]);
}

function shownOnly(fields: string[]): profile.ColumnSetting[] {
  const shown = fields.map((field) => ({ field, width: widthOf(field), hidden: false }));
  const rest = columns.settings.filter((setting) => !fields.includes(setting.field));
  return [...shown, ...rest.map((setting) => ({ ...setting, hidden: true }))];
}

function widthOf(field: string): number {
  return columns.settings.find((setting) => setting.field === field)?.width ?? 0;
}

export const views = new Views();

/** Whether a view is one of those that a morning begins with. */
export const isMorning = (id: string | undefined): boolean => id === 'since' || id === 'wrong';

rereadOnTurn(() => views.load());

export function viewTitle(view: profile.SavedView): string {
  return view.key ? tOr(view.key, view.title || view.id) : view.title;
}
