import { expect, it } from 'vitest';
import { fieldOf } from './connect.svelte';

it.each([
  ['unreachable', 'token', 'address'],
  ['insecure_address', 'password', 'address'],
  ['certificate', 'token', 'address'],
  ['wrong_credentials', 'token', 'token'],
  ['wrong_credentials', 'password', 'password'],
  ['forbidden', 'token', undefined],
  ['internal', 'token', undefined],
] as const)('puts %s with a %s at %s', (code, way, want) => {
  expect(fieldOf(code, way)).toBe(want);
});
