import { describe, expect, it } from 'vitest';
import type { query } from '$lib/backend';
import { Tree, type Condition, type Group } from './tree.svelte';

const missed: query.Node = { field: 'missed', op: 'any', values: ['waiting'] };
const slow: query.Node = { field: 'wait', op: 'gt', values: ['5m'] };
const late: query.Node = { field: 'firstreply', op: 'between', values: ['5m', '1h'] };
const nested: query.Node = { and: [missed, { or: [slow, { and: [late, missed] }] }] };

function treeOf(where: query.Node | undefined): Tree {
  const tree = new Tree();
  tree.load(where);
  return tree;
}

describe('Tree', () => {
  it.each([
    ['nothing', undefined],
    ['one condition', missed],
    ['three levels', nested],
    ['a negated condition without a complement', { ...slow, not: true }],
    ['a negated group', { not: true, or: [missed, slow] }],
    ['no value needed', { field: 'contact', op: 'empty' }],
  ] as [string, query.Node | undefined][])('gives back what it was given: %s', (_, where) => {
    expect(treeOf(where).toNode()).toEqual(where);
  });

  it('writes a negated choice as none of', () => {
    expect(treeOf({ ...missed, not: true }).toNode()).toEqual({ ...missed, op: 'none' });
  });

  it('leaves out rows that have no value yet', () => {
    const tree = treeOf(missed);
    tree.addCondition(tree.root, 'wait', 'gt');
    const between = tree.addCondition(tree.root, 'wait', 'between');
    between.values = ['5m', ' '];
    expect(tree.toNode()).toEqual(missed);
    expect(tree.conditions).toBe(3);
  });

  it('adds a group of the other joint, and counts its rows', () => {
    const tree = treeOf(missed);
    tree.addGroup(tree.root);
    const group = tree.root.items[1] as Group;
    expect(group.joint).toBe('or');
    expect(tree.depthOf(group)).toBe(2);
    expect(tree.conditions).toBe(2);
  });

  it('duplicates, wraps and removes', () => {
    const tree = treeOf({ and: [missed, slow] });
    const [first, second] = tree.root.items as [Condition, Condition];
    tree.duplicate(first);
    expect(tree.toNode()).toEqual({ and: [missed, missed, slow] });
    tree.wrap(second);
    const group = tree.root.items[2] as Group;
    expect(group.kind).toBe('group');
    tree.remove(group.items[0] as Condition);
    expect(tree.toNode()).toEqual({ and: [missed, missed] });
  });

  it('moves rows by a place and out of a group at its end', () => {
    const tree = treeOf({ and: [missed, { or: [slow, late] }] });
    const group = tree.root.items[1] as Group;
    tree.step(group.items[1] as Condition, 1);
    expect(tree.toNode()).toEqual({ and: [missed, slow, late] });
    tree.step(tree.root.items[2] as Condition, -1);
    expect(tree.toNode()).toEqual({ and: [missed, late, slow] });
  });

  it('does not put a group into itself or deeper than allowed', () => {
    const tree = treeOf(nested);
    const outer = tree.root.items[1] as Group;
    const inner = outer.items[1] as Group;
    tree.moveBefore(outer, inner);
    expect(tree.toNode()).toEqual(nested);
    tree.moveBefore(outer, inner.items[0] as Condition);
    expect(tree.toNode()).toEqual(nested);
    tree.moveBefore(tree.root.items[0] as Condition, inner.items[0] as Condition);
    expect(tree.toNode()).toEqual({ or: [slow, { and: [missed, late, missed] }] });
  });
});
