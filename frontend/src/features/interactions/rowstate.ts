import {
  ArrowLeftRight,
  CircleAlert,
  CircleSmall as Dot,
  Clock,
  ShieldMinus,
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

/** The one thing worth saying about a row, in the place of its checkbox. */
export function markOf(row: app.Row, changed: app.Changed): RowMark | undefined {
  if (changed.gone.includes(row.name)) return { icon: X, tone: 'muted', label: t('list.state.gone') };
  if (row.states.includes('conflict'))
    return { icon: ArrowLeftRight, tone: 'warn', label: t('list.state.conflict') };
  if (row.states.includes('refused'))
    return { icon: CircleAlert, tone: 'danger', label: t('list.state.refused') };
  if (row.states.includes('pending')) return { icon: Clock, tone: 'info', label: t('list.state.pending') };
  if (row.states.includes('anonymised'))
    return { icon: ShieldMinus, tone: 'muted', label: t('value.anonymised') };
  if (changed.changed.includes(row.name))
    return { icon: Dot, tone: 'accent', label: t('list.state.changed') };
  return undefined;
}
