import { limits } from '$go/fields';
import type { query } from '$lib/backend';

export const { conditions: maxConditions, depth: maxDepth } = limits;

export interface Condition {
  kind: 'condition';
  id: number;
  not: boolean;
  field: string;
  op: string;
  values: string[];
}

export interface Group {
  kind: 'group';
  id: number;
  not: boolean;
  joint: 'and' | 'or';
  items: Item[];
}

export type Item = Condition | Group;

/** The advanced filter while it is edited: a group of conditions and groups. */
export class Tree {
  root = $state<Group>(newGroup([]));

  readonly conditions = $derived(countConditions(this.root));
  readonly full = $derived(this.conditions >= maxConditions);

  load(where: query.Node | undefined): void {
    const item = where ? itemOf(where) : newGroup([]);
    // A lone condition or a negated group becomes the only row of the outermost group.
    this.root = item.kind === 'group' && !item.not ? item : newGroup([item]);
  }

  /** The filter of the rows; rows without a value yet are left out. */
  toNode(): query.Node | undefined {
    return nodeOf(this.root);
  }

  addCondition(group: Group, field = 'missed', op = 'any'): Condition {
    const condition: Condition = { kind: 'condition', id: nextId++, not: false, field, op, values: [] };
    group.items.push(condition);
    return condition;
  }

  addGroup(group: Group): void {
    const inner = newGroup([]);
    inner.joint = group.joint === 'and' ? 'or' : 'and';
    this.addCondition(inner);
    group.items.push(inner);
  }

  remove(item: Item): void {
    const group = this.parentOf(item);
    if (!group) return;
    group.items.splice(indexIn(group, item), 1);
    if (group.items.length === 0 && group !== this.root) this.remove(group);
  }

  duplicate(item: Item): void {
    const group = this.parentOf(item);
    group?.items.splice(indexIn(group, item) + 1, 0, cloned(item));
  }

  /** Puts a condition into a group of its own, where more can join it. */
  wrap(item: Item): void {
    const group = this.parentOf(item);
    if (!group) return;
    const inner = newGroup([item]);
    inner.joint = group.joint === 'and' ? 'or' : 'and';
    group.items[indexIn(group, item)] = inner;
  }

  /** Moves by one place among the rows of the sheet, out of a group at its ends. */
  step(item: Item, by: 1 | -1): void {
    const group = this.parentOf(item);
    if (!group) return;
    const at = indexIn(group, item);
    const to = at + by;
    if (to >= 0 && to < group.items.length) {
      group.items.splice(at, 1);
      group.items.splice(to, 0, item);
      return;
    }
    const outer = this.parentOf(group);
    if (!outer) return;
    const place = indexIn(outer, group) + (by > 0 ? 1 : 0);
    group.items.splice(at, 1);
    outer.items.splice(place, 0, item);
    if (group.items.length === 0) this.remove(group);
  }

  /** Puts an item in front of another one; nothing is put into itself. */
  moveBefore(item: Item, target: Item): void {
    if (item.id === target.id || contains(item, target)) return;
    const from = this.parentOf(item);
    const to = this.parentOf(target);
    if (!from || !to) return;
    if (this.depthOf(to) + height(item) > maxDepth) return;
    from.items.splice(indexIn(from, item), 1);
    to.items.splice(indexIn(to, target), 0, item);
    if (from.items.length === 0 && from !== this.root) this.remove(from);
  }

  /** How deep a group is, the outermost being 1. */
  depthOf(group: Group): number {
    const outer = this.parentOf(group);
    return outer ? this.depthOf(outer) + 1 : 1;
  }

  parentOf(item: Item, within: Group = this.root): Group | undefined {
    for (const child of within.items) {
      if (child.id === item.id) return within;
      const found = child.kind === 'group' ? this.parentOf(item, child) : undefined;
      if (found) return found;
    }
    return undefined;
  }
}

let nextId = 1;

function newGroup(items: Item[]): Group {
  return { kind: 'group', id: nextId++, not: false, joint: 'and', items };
}

/** Operators and their complements, which include interactions without a value. */
const opposites: Record<string, string> = {
  any: 'none',
  contains: 'ncontains',
  is: 'isnot',
  empty: 'nempty',
};

function itemOf(node: query.Node): Item {
  const parts = node.and ?? node.or;
  if (parts) {
    return {
      kind: 'group',
      id: nextId++,
      not: node.not ?? false,
      joint: node.or ? 'or' : 'and',
      items: parts.map(itemOf),
    };
  }
  // "not any of" reads better as "none of", and asks the same.
  const turned = node.not ? opposites[node.op ?? ''] : undefined;
  return {
    kind: 'condition',
    id: nextId++,
    not: (node.not ?? false) && turned === undefined,
    field: node.field ?? '',
    op: turned ?? node.op ?? '',
    values: [...(node.values ?? [])],
  };
}

/** Operators that stand without a value. */
export const bare: ReadonlySet<string> = new Set(['empty', 'nempty']);

export function isComplete(condition: Condition): boolean {
  if (bare.has(condition.op)) return true;
  const given = condition.values.filter((value) => value.trim() !== '');
  return given.length >= (condition.op === 'between' ? 2 : 1);
}

function nodeOf(item: Item): query.Node | undefined {
  if (item.kind === 'condition') {
    if (!isComplete(item)) return undefined;
    const node: query.Node = { field: item.field, op: item.op };
    if (!bare.has(item.op)) node.values = [...item.values];
    if (item.not) node.not = true;
    return node;
  }
  const parts = item.items.map(nodeOf).filter((part) => part !== undefined);
  if (parts.length === 0) return undefined;
  const only = parts[0];
  if (parts.length === 1 && only && !item.not) return only;
  const node: query.Node = item.joint === 'or' ? { or: parts } : { and: parts };
  if (item.not) node.not = true;
  return node;
}

function cloned(item: Item): Item {
  return item.kind === 'group'
    ? { ...item, id: nextId++, items: item.items.map(cloned) }
    : { ...item, id: nextId++, values: [...item.values] };
}

function indexIn(group: Group, item: Item): number {
  return group.items.findIndex((child) => child.id === item.id);
}

function contains(item: Item, other: Item): boolean {
  return item.kind === 'group' && item.items.some((child) => child.id === other.id || contains(child, other));
}

/** How many levels of groups an item brings along. */
function height(item: Item): number {
  return item.kind === 'group' ? 1 + Math.max(0, ...item.items.map(height)) : 0;
}

function countConditions(group: Group): number {
  return group.items.reduce((sum, item) => sum + (item.kind === 'group' ? countConditions(item) : 1), 0);
}
