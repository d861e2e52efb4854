import { execFile } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from './fixtures';

const run = promisify(execFile);
const script = fileURLToPath(new URL('./readers/many.py', import.meta.url));

/** Fills the demo profile in home up to a number; gives the time of the oldest interaction, UTC ms. */
export async function fill(home: string, interactions: number): Promise<number> {
  const { stdout } = await run('/usr/bin/python3', [
    script,
    path.join(home, 'data/demo/wapdesk.db'),
    String(interactions),
  ]);
  const [count, oldest] = stdout.split(' ').map(Number);
  expect(count).toBe(interactions);
  return oldest ?? 0;
}
