import { backend, type app } from '$lib/backend';
import { tOr } from '$lib/i18n';

interface SelectOption {
  value: string;
  label: string;
}

/** What can be asked of each field; the program's own table. */
class FieldTable {
  all = $state.raw<app.FieldInfo[]>([]);

  async load(): Promise<void> {
    if (this.all.length === 0) this.all = await backend.filters.Fields();
  }

  of(name: string): app.FieldInfo | undefined {
    return this.all.find((field) => field.name === name);
  }

  /** For a select, in the order of the table. */
  readonly options = $derived(
    this.all.map((field): SelectOption => ({ value: field.name, label: tOr(field.key, field.name) })),
  );

  operators(name: string): SelectOption[] {
    const field = this.of(name);
    return (field?.operators ?? []).map((op) => ({
      value: op,
      label: tOr(`op.${field?.kind}.${op}`, tOr(`op.${op}`, op)),
    }));
  }
}

export const fieldTable = new FieldTable();
