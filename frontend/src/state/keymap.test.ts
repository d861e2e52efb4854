import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { actions, usual } from './keymap.svelte';

it('has the usual keys that the help names', () => {
  const guide = readFileSync(join(import.meta.dirname, '../../../app/guide/guide.go'), 'utf8');
  const named = [...guide.matchAll(/\{"([^"]+)", "keys\.\w+", "(\w+)"\}/g)].map(([, keys, action]) => [
    action,
    keys,
  ]);
  expect(Object.fromEntries(named)).toEqual(usual);
  expect(named).toHaveLength(actions.length);
});
