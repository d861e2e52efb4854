import type { app } from '$lib/backend';

export type Tone = 'info' | 'ok' | 'warn' | 'danger' | 'plain';
export type Action = 'cancel' | 'retry' | 'discard' | 'review' | 'open' | 'undone';

const tones: Record<string, Tone> = {
  waiting: 'info',
  sending: 'info',
  sent: 'ok',
  done: 'ok',
  confirmed: 'ok',
  refused: 'danger',
  conflict: 'warn',
  manual: 'warn',
};

/** How a state looks; one that is not known yet looks plain. */
export function toneOf(state: string): Tone {
  return tones[state] ?? 'plain';
}

/** The key of the word for a state: an anonymisation that was sent is not believed yet. */
export function stateKey(change: Pick<app.Change, 'kind' | 'state'>): string {
  return change.kind === 'anonymise' && change.state === 'sent'
    ? 'changes.state.sentChecking'
    : `changes.state.${change.state}`;
}

/** What can be done about a change. */
export function actionsOf(state: string): Action[] {
  switch (state) {
    case 'waiting':
      return ['cancel'];
    case 'refused':
      return ['retry', 'discard'];
    case 'conflict':
      return ['review'];
    case 'manual':
      return ['open'];
    case 'done':
      return ['undone'];
  }
  return [];
}

/** The key of the word for what "contacted back" sets or replaces. */
export function missedKey(raw: string): string {
  return `value.missed.${raw === 'YES' ? 'waiting' : raw === 'NO' ? 'contactedback' : 'cleared'}`;
}

/** Whether nothing more will happen to it. */
export function isDone(state: string): boolean {
  return state === 'sent' || state === 'done' || state === 'confirmed';
}

/** What is to be done about one person; without one, about people whose contact is not known. */
export interface PersonGroup {
  key: string;
  person: string;
  changes: app.Change[];
}

/** What is to be done by hand, person by person: who was erased last first, their contact at the end. */
export function byPerson(todo: readonly app.Change[]): PersonGroup[] {
  const groups = new Map<string, PersonGroup>();
  for (const change of [...todo].sort((a, b) => b.createdMs - a.createdMs || b.id - a.id)) {
    const group = groups.get(change.person) ?? { key: change.person, person: change.person, changes: [] };
    groups.set(change.person, group);
    group.changes.push(change);
  }
  for (const group of groups.values()) {
    group.changes.sort((a, b) => Number(a.kind === 'forget') - Number(b.kind === 'forget') || a.id - b.id);
  }
  return [...groups.values()].sort((a, b) => Number(a.key === '') - Number(b.key === ''));
}

/** What needs the person first, then what waits, then what is done; newest first within each. */
export function inOrder(changes: readonly app.Change[]): app.Change[] {
  const rank = (state: string) =>
    state === 'conflict' || state === 'refused' || state === 'manual' ? 0 : isDone(state) ? 2 : 1;
  return [...changes].sort(
    (a, b) => rank(a.state) - rank(b.state) || b.createdMs - a.createdMs || b.id - a.id,
  );
}
