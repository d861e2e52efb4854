import { test as base } from './fixtures';
import { makeHome, removeHome, start, type Started } from './program';

/** A pretend contact centre in a process of its own. */
export interface Centre {
  /** Pulls one of its switches, like "add?count=12", and gives the reply. */
  control<T>(path: string): Promise<T>;
  /** Reads a record or a list of its API, like "activities/NAME" or "activities?take=4". */
  read<T>(path: string): Promise<T>;
  /** Changes a record, as somebody else would, whatever is off the network for the app. */
  change(path: string, body: unknown): Promise<void>;
  /** Takes it off the network. */
  stop(): Promise<void>;
}

const printed = /WAPDESK_URL=(\S+) WAPDESK_TOKEN=(\S+)/;

const at = (clock: string): Record<string, string> => (clock ? { WAPDESK_NOW: clock } : {});

/** Wapdesk connected to a contact centre of its own instead of the demo. */
export const test = base.extend<{ centreArgs: string[]; clock: string; server: Started; centre: Centre }>({
  args: [],
  stored: false,
  centreArgs: [['--interactions', '240', '--days', '4'], { option: true }],
  /** The clock of both instead of the usual one. */
  clock: ['', { option: true }],

  server: async ({ centreArgs, clock }, use) => {
    const home = await makeHome();
    const server = await start(home, ['demo-server', '--control', ...centreArgs], printed, at(clock));
    try {
      await use(server);
      if (server.log()) console.log(server.log()); // what a contact centre says is a fault of it
    } finally {
      await server.stop();
      await removeHome(home);
    }
  },

  env: async ({ server, clock }, use) => {
    const [url = '', token = ''] = server.found;
    await use({ WAPDESK_URL: url, WAPDESK_TOKEN: token, ...at(clock) });
  },

  centre: async ({ server }, use) => {
    const api = async (path: string, init: RequestInit = {}, from = '') => {
      const headers = { 'X-AUTH-TOKEN': server.found[1] ?? '', 'Content-Type': 'application/json' };
      const [model, query = ''] = path.split('?');
      const reply = await fetch(`${server.found[0]}${from}/api/v6/${model}.json?${query}`, {
        ...init,
        headers,
      });
      if (!reply.ok) throw new Error(`${path}: ${reply.status}`);
      return reply;
    };
    await use({
      async read<T>(path: string): Promise<T> {
        return ((await (await api(path)).json()) as { result: T }).result;
      },
      async change(path: string, body: unknown) {
        await api(path, { method: 'PUT', body: JSON.stringify(body) }, '/control');
      },
      async control<T>(path: string): Promise<T> {
        const reply = await fetch(`${server.found[0]}/control/${path}`, { method: 'POST' });
        if (!reply.ok) throw new Error(`${path}: ${reply.status}`);
        return (await reply.json()) as T;
      },
      async stop() {
        await server.stop();
      },
    });
  },
});
