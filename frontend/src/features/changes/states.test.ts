import { expect, it } from 'vitest';
import type { app } from '$lib/backend';
import { actionsOf, inOrder, missedKey, stateKey } from './states';

it.each([
  ['waiting', ['cancel']],
  ['sending', []],
  ['sent', []],
  ['refused', ['retry', 'discard']],
  ['conflict', ['review']],
  ['manual', ['open']],
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
