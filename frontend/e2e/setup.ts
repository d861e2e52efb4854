import path from 'node:path';
import { command, makeHome, removeHome } from './program';

/** Where the folder of downloaded demo data is named to the tests. */
const variable = 'WAPDESK_E2E_DOWNLOADED';

/** The data folder that tests copy, since downloading takes longer than most of them. */
export function downloaded(): string {
  const folder = process.env[variable];
  if (!folder) throw new Error(`${variable} is not set: the global set-up did not run`);
  return folder;
}

/** Downloads the demo data once, before all tests. */
export default async function setup(): Promise<() => Promise<void>> {
  const home = await makeHome();
  const { code, err } = await command(home, ['--demo', 'sync']);
  if (code !== 0) throw new Error(`wapdesk --demo sync ended with ${code}:\n${err}`);
  process.env[variable] = path.join(home, 'data');
  return () => removeHome(home);
}
