import { fields } from '$go/fields';
import type { query } from '$lib/backend';
import { formatDay, formatDuration, formatNumber } from '$lib/format';
import { t, tOr } from '$lib/i18n';
import { titles } from './options.svelte';

const kinds = new Map<string, string>(fields.map(({ name, kind }) => [name, kind]));

function valueText(field: string, op: string, value: string): string {
  const kind = kinds.get(field);
  if (kind === 'choice') return titles.of(field, value);
  if (kind === 'duration') return Number.isNaN(Number(value)) ? value : formatDuration(Number(value));
  if (kind === 'number') return Number.isNaN(Number(value)) ? value : formatNumber(Number(value));
  if (kind === 'date') {
    if (op === 'preset') return tOr(`time.${value}`, value);
    if (/^\d{4}-\d\d-\d\d/.test(value)) return `${formatDay(value)}${value.slice(10)}`;
  }
  return value;
}

/** A condition or group as a short sentence: "Wait time > 0:05:00". */
export function conditionText(node: query.Node): string {
  const text = plainText(node);
  return node.not ? t('condition.not', { condition: text }) : text;
}

function plainText(node: query.Node): string {
  const parts = node.and ?? node.or;
  if (parts) {
    const joint = t(node.and ? 'condition.and' : 'condition.or');
    return parts
      .map((part) => (part.and || part.or ? `(${conditionText(part)})` : conditionText(part)))
      .join(` ${joint} `);
  }
  const field = tOr(`field.${node.field}`, node.field ?? '');
  const op = tOr(`op.${node.op}`, node.op ?? '');
  const values = (node.values ?? []).map((value) => valueText(node.field ?? '', node.op ?? '', value));
  if (values.length === 0) return t('condition.bare', { field, op });
  const joint = node.op === 'between' ? ' – ' : ', ';
  const value = values.join(joint);
  // "is any of" one value is simply that value.
  if (values.length === 1 && (node.op === 'any' || node.op === 'preset'))
    return t('condition.simple', { field, value });
  return t('condition.full', { field, op, value });
}
