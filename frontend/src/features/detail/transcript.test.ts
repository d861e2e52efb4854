import { describe, expect, it } from 'vitest';
import type { app, profile } from '$lib/backend/backend';
import { indexOfMessage, layOut, type TranscriptInput } from './transcript';

const start = Date.UTC(2026, 10, 22, 15, 48, 20);
const minute = 60_000;

function message(minutes: number, direction: string, change: Partial<app.Message> = {}): app.Message {
  return {
    name: `m${minutes}`,
    direction,
    type: 'PUBLIC',
    kind: 'text',
    text: '',
    timeMs: start + minutes * minute,
    from: direction === 'OUT' ? 'Anna' : '',
    delivery: '',
    reason: '',
    quoted: '',
    reactions: [],
    template: '',
    latitude: 0,
    longitude: 0,
    place: '',
    cardName: '',
    cardNumber: '',
    files: [],
    ...change,
  };
}

const step = (minutes: number, name: string): profile.Step => ({
  timeMs: start + minutes * minute,
  mark: '',
  step: name,
  queue: '',
  user: '',
  lastsS: -1,
  text: '',
});

const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);

function kinds(input: Partial<TranscriptInput>): string[] {
  const items = layOut({ messages: [], process: [], firstReplyS: -1, openUntilMs: 0, dayOf, ...input });
  return items.map((item) =>
    item.kind === 'message'
      ? `${item.message.name}${item.follows ? '+' : ''}`
      : item.kind === 'step'
        ? item.step.step
        : item.kind,
  );
}

describe('layOut', () => {
  it('is empty without messages', () => {
    expect(kinds({})).toEqual([]);
  });

  it('marks days, the first reply and long gaps', () => {
    const messages = [
      message(0, 'IN'),
      message(2, 'IN'),
      message(3, 'OUT'),
      message(9, 'IN'),
      message(13, 'OUT'),
    ];
    expect(kinds({ messages, firstReplyS: 190 })).toEqual([
      'day',
      'm0',
      'm2+',
      'first-reply',
      'm3',
      'gap',
      'm9',
      'm13',
    ]);
  });

  it('does not say twice how long a late first reply took', () => {
    expect(kinds({ messages: [message(0, 'IN'), message(20, 'OUT')], firstReplyS: 1200 })).toEqual([
      'day',
      'm0',
      'first-reply',
      'm20',
    ]);
  });

  it('puts a step of the same moment after the message, and leaves acceptance out', () => {
    const process = [step(0, 'queued'), step(1, 'accepted'), step(4, 'transferred'), step(12, 'ended')];
    expect(kinds({ messages: [message(0, 'IN'), message(3, 'IN')], process })).toEqual([
      'day',
      'm0',
      'queued',
      'm3',
      'transferred',
      'gap',
      'ended',
    ]);
  });

  it('does not count a private note or a bot as the first reply', () => {
    const messages = [
      message(0, 'IN'),
      message(1, 'BOT'),
      message(2, 'OUT', { type: 'PRIVATE' }),
      message(3, 'OUT'),
    ];
    expect(kinds({ messages, firstReplyS: 180 })).toEqual(['day', 'm0', 'm1', 'm2', 'first-reply', 'm3']);
  });

  it('says that the window closed before a message sent after it', () => {
    const messages = [message(0, 'IN'), message(25 * 60, 'OUT', { kind: 'template' })];
    expect(kinds({ messages })).toEqual(['day', 'm0', 'day', 'window-closed', 'm1500']);
    expect(kinds({ messages: [message(0, 'IN'), message(23 * 60, 'OUT')] })).not.toContain('window-closed');
  });

  it('says so at the end only while the interaction is open', () => {
    const messages = [message(0, 'IN')];
    expect(kinds({ messages, openUntilMs: start + 25 * 60 * minute })).toEqual([
      'day',
      'm0',
      'window-closed',
    ]);
    expect(kinds({ messages, openUntilMs: 0 })).toEqual(['day', 'm0']);
  });

  it('finds the place of a message', () => {
    const items = layOut({
      messages: [message(0, 'IN'), message(7, 'IN')],
      process: [],
      firstReplyS: -1,
      openUntilMs: 0,
      dayOf,
    });
    expect(indexOfMessage(items, 'm7')).toBe(3);
    expect(indexOfMessage(items, 'none')).toBe(-1);
  });
});
