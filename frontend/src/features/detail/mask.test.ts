import { expect, it } from 'vitest';
import type { app } from '$lib/backend';
import { maskDetail } from './mask';

const secret = 'TAJNE';
const ref = { name: 'n', title: secret };
const row = {
  contact: secret,
  account: secret,
  wa: secret,
  waNumber: secret,
  sender: secret,
  title: secret,
  queue: 'Podpora',
  user: 'Anna',
};

const detail = {
  row,
  activities: [
    { title: secret, description: secret, contact: ref, ticket: ref, user: { name: 'u', title: 'Anna' } },
  ],
  messages: [
    {
      text: secret,
      from: secret,
      direction: 'IN',
      reactions: [{ emoji: '👍', from: secret }],
      latitude: 50.1,
      longitude: 14.4,
      place: secret,
      cardName: secret,
      cardNumber: secret,
      files: [{ id: 'f', title: secret, stored: true, url: `/${secret}` }],
    },
  ],
  process: [{ text: secret, user: 'Anna' }],
  contact: {
    title: secret,
    firstName: secret,
    lastName: secret,
    account: ref,
    numbers: [secret],
    emails: [secret],
    description: secret,
  },
  account: { title: secret, description: secret },
  tickets: [{ name: '1', title: secret, others: [{ name: 'activities_2', title: secret }] }],
  reviews: [{ answers: [{ question: 'q', type: 'TEXTAREA', answers: [secret] }] }],
} as unknown as app.Detail;

it('leaves nothing of the customer', () => {
  const text = JSON.stringify(maskDetail(detail));
  expect(text).not.toContain(secret);
  expect(text).not.toContain('50.1');
});

it('keeps what the work is measured by', () => {
  const masked = maskDetail(detail);
  expect(masked.row.queue).toBe('Podpora');
  expect(masked.activities[0]?.user.title).toBe('Anna');
});
