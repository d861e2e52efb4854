import {
  ArrowLeftRight,
  Check,
  CircleAlert,
  CircleSmall as Dot,
  ClipboardCheck,
  Clock,
  ShieldMinus,
  StickyNote,
  X,
  type IconNode,
} from 'lucide';
import type { app } from '$lib/backend';
import { t } from '$lib/i18n';

export interface RowMark {
  icon: IconNode;
  tone: 'muted' | 'info' | 'warn' | 'danger' | 'accent';
  label: string;
}

/** Whether a row left the list and its values with it. */
export function isEmptied(row: app.Row): boolean {
  return row.left !== '' && row.name === '';
}

/** Why a row is no longer in the list. */
export function leftText(row: app.Row): string {
  if (row.left === 'rights') return t('list.state.rights');
  if (row.left === 'retention') return t('list.state.retention');
  return isEmptied(row) ? t('list.state.removed') : t('list.state.gone');
}

/** The one thing worth saying about a row, in the place of its checkbox; where seen counts, that it was. */
export function markOf(row: app.Row, changed: app.Changed, seenCounts = false): RowMark | undefined {
  if (row.left) return { icon: X, tone: 'muted', label: leftText(row) };
  if (row.states.includes('conflict'))
    return { icon: ArrowLeftRight, tone: 'warn', label: t('list.state.conflict') };
  if (row.states.includes('refused'))
    return { icon: CircleAlert, tone: 'danger', label: t('list.state.refused') };
  if (row.states.includes('pending')) return { icon: Clock, tone: 'info', label: t('list.state.pending') };
  if (row.states.includes('anonymised'))
    return { icon: ShieldMinus, tone: 'muted', label: t('value.anonymised') };
  if (row.states.includes('noted')) return { icon: StickyNote, tone: 'info', label: t('list.state.noted') };
  if (changed.changed.includes(row.name))
    return { icon: Dot, tone: 'accent', label: t('list.state.changed') };
  if (row.states.includes('reviewed'))
    return { icon: ClipboardCheck, tone: 'muted', label: t('list.state.reviewed') };
  if (seenCounts && row.states.includes('seen'))
    return { icon: Check, tone: 'muted', label: t('list.state.seen') };
  return undefined;
}
