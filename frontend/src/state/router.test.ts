import { describe, expect, it } from 'vitest';
import { formatRoute, parseRoute, type Route } from './router.svelte';

const routes: [string, Route][] = [
  ['#/connect', { page: 'connect' }],
  ['#/interactions', { page: 'interactions' }],
  ['#/interactions/activities_6921/wap', { page: 'interactions', name: 'activities_6921', tab: 'wap' }],
  [
    '#/interactions/a%2Fb/activity/act_1?q=missed%3Awaiting',
    { page: 'interactions', name: 'a/b', tab: 'activity', activity: 'act_1', q: 'missed:waiting' },
  ],
  ['#/overview?q=queue%3A%22Podpora+CZ%22', { page: 'overview', q: 'queue:"Podpora CZ"' }],
  [
    '#/overview/agent/anna.n?q=user%3Aanna.n&compare=team',
    { page: 'overview', of: 'agent', name: 'anna.n', q: 'user:anna.n', compare: 'team' },
  ],
  ['#/overview?q=&compare=before', { page: 'overview', q: '', compare: 'before' }],
  ['#/interactions?q=', { page: 'interactions', q: '' }],
  ['#/changes', { page: 'changes' }],
  ['#/settings/data', { page: 'settings', section: 'data' }],
];

describe('routes', () => {
  it.each(routes)('%s is read and written', (address, route) => {
    expect(parseRoute(address)).toEqual(expect.objectContaining(route));
    expect(formatRoute(route)).toBe(address);
  });

  it('takes what it does not know for the list', () => {
    expect(parseRoute('').page).toBe('interactions');
    expect(parseRoute('#/nonsense').page).toBe('interactions');
    expect(parseRoute('#/interactions/%E0%A4%A/wap')).toMatchObject({ name: '%E0%A4%A' });
  });
});
