import { describe, expect, it } from 'vitest';
import type { app } from '$lib/backend';
import { leftText, pillOf, shareOf } from './pill';

const now = Date.UTC(2026, 10, 22, 16, 44);
const status = (change: Partial<app.SyncStatus>) =>
  ({ state: 'idle', lastMs: now - 120_000, done: 0, expected: 0, ...change }) as app.SyncStatus;

describe('pillOf', () => {
  it.each([
    [{}, 'ok', /^Up to date · 2 min/],
    [{ lastMs: now - 7_200_000 }, 'ok', /^Up to date$/],
    [{ lastMs: 0 }, 'muted', /^Never synced$/],
    [{ state: 'syncing', done: 42, expected: 100 }, 'busy', /^Syncing 42\u00a0%$/],
    [{ state: 'syncing' }, 'busy', /^Syncing$/],
    [{ state: 'offline' }, 'muted', /^Offline · last synced 16:42$/],
    [{ state: 'signin' }, 'warn', /^Sign in$/],
    [{ state: 'problem' }, 'danger', /^Sync problem$/],
    [{ state: 'demo' }, 'info', /^Demo data$/],
  ])('of %j is %s', (change, tone, text) => {
    const pill = pillOf(status(change), now);
    expect(pill.tone).toBe(tone);
    expect(pill.text).toMatch(text);
  });
});

it.each([
  [20, 'less than a minute left'],
  [61, 'about 1 minute left'],
  [59 * 60, 'about 59 minutes left'],
  [7 * 3600, 'about 7 hours left'],
])('says that %d seconds are %s', (seconds, text) => {
  expect(leftText(seconds)).toBe(text);
});

it('never shows more than all of an estimate', () => {
  expect(shareOf({ done: 120, expected: 100 })).toBe(1);
  expect(shareOf({ done: 5, expected: 0 })).toBe(0);
});
