import { expect, it } from 'vitest';
import { setZone } from '$lib/format';
import { lastDays } from './download';

const now = Date.UTC(2026, 10, 22, 16, 44);

it('counts the days of a range in the contact centre’s zone', () => {
  setZone('Europe/Prague');
  expect(lastDays(30, Date.UTC(2026, 10, 22, 23, 30))).toEqual({ from: '2026-10-25', to: '2026-11-23' });
  expect(lastDays(1, now)).toEqual({ from: '2026-11-22', to: '2026-11-22' });
});
