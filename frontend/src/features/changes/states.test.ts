import { expect, it } from 'vitest';
import type { app } from '$lib/backend';
import { actionsOf, byPerson, inOrder, missedKey, stateKey } from './states';

it.each([
  ['waiting', ['cancel']],
  ['sending', []],
  ['sent', []],
  ['refused', ['retry', 'discard']],
  ['conflict', ['review']],
  ['manual', ['open']],
  ['done', ['undone']],
  ['confirmed', []],
])('offers for %s: %j', (state, want) => {
  expect(actionsOf(state)).toEqual(want);
});

it('does not call a sent anonymisation done', () => {
  expect(stateKey({ kind: 'anonymise', state: 'sent' })).toBe('changes.state.sentChecking');
  expect(stateKey({ kind: 'pair', state: 'sent' })).toBe('changes.state.sent');
});

it('says in words what contacted back sets and replaces', () => {
  expect(['YES', 'NO', ''].map(missedKey)).toEqual([
    'value.missed.waiting',
    'value.missed.contactedback',
    'value.missed.cleared',
  ]);
});

it('puts first what needs the person', () => {
  const change = (id: number, state: string) => ({ id, state, createdMs: id }) as app.Change;
  const list = [
    change(1, 'sent'),
    change(2, 'waiting'),
    change(3, 'refused'),
    change(4, 'sending'),
    change(5, 'conflict'),
  ];
  expect(inOrder(list).map(({ id }) => id)).toEqual([5, 3, 4, 2, 1]);
});

it('keeps together what is to be done about a person, the contact last', () => {
  const change = (id: number, person: string, kind = 'anonymise') =>
    ({ id, person, kind, createdMs: id }) as app.Change;
  const groups = byPerson([
    change(1, 'eva'),
    change(2, ''),
    change(3, 'jan'),
    change(4, 'eva', 'forget'),
    change(5, 'eva'),
  ]);
  expect(groups.map(({ person, changes }) => [person, changes.map(({ id }) => id)])).toEqual([
    ['eva', [1, 5, 4]],
    ['jan', [3]],
    ['', [2]],
  ]);
});
