import { describe, expect, it } from 'vitest';
import { chipsOf, emptyFilter, sameField, sameFilter, withChip, withoutChip } from './filter';

const missed = { field: 'missed', op: 'any', values: ['waiting'] };
const slow = { field: 'wait', op: 'gt', values: ['300'] };

describe('sameFilter', () => {
  it('is not disturbed by order, spaces or sort', () => {
    const a = { ...emptyFilter(), users: ['x', 'y'], sender: ' 601 ' };
    const b = { ...emptyFilter([{ field: 'wait' }]), users: ['y', 'x'], sender: '601' };
    expect(sameFilter(a, b)).toBe(true);
  });

  it.each([
    ['time', { time: { preset: 'yesterday', from: '', to: '' } }],
    ['users', { users: ['x'] }],
    ['queues', { queues: ['(none)'] }],
    ['contact', { noContact: true }],
    ['sender', { sender: '601' }],
  ] as const)('sees a change of %s', (field, change) => {
    const changed = { ...emptyFilter(), ...change } as ReturnType<typeof emptyFilter>;
    expect(sameField(field, emptyFilter(), changed)).toBe(false);
    expect(sameFilter(emptyFilter(), changed)).toBe(false);
  });

  it('sees a change of the advanced filter', () => {
    expect(sameFilter(emptyFilter(), { ...emptyFilter(), where: missed })).toBe(false);
  });
});

describe('chips', () => {
  it('are the members of the outermost and', () => {
    expect(chipsOf(undefined)).toEqual([]);
    expect(chipsOf(missed)).toEqual([missed]);
    expect(chipsOf({ and: [missed, slow] })).toEqual([missed, slow]);
    expect(chipsOf({ or: [missed, slow] })).toEqual([{ or: [missed, slow] }]);
    expect(chipsOf({ not: true, and: [missed, slow] })).toHaveLength(1);
  });

  it('come and go', () => {
    const both = withChip(withChip(undefined, missed), slow);
    expect(both).toEqual({ and: [missed, slow] });
    expect(withChip(both, slow)).toEqual(both);
    expect(withoutChip(both, 0)).toEqual(slow);
    expect(withoutChip(slow, 0)).toBeUndefined();
  });
});
