import { BackendError } from './errors';

type Listener = (...values: unknown[]) => void;

interface Reply {
  result?: unknown;
  error?: { code: string; params?: Record<string, string> };
}

/** What the program cannot do for a page in a browser, and the page does itself. */
const own: Record<string, (text: string) => Promise<void> | void> = {
  'Session.CopyText': (text) => navigator.clipboard.writeText(text),
  'Session.OpenLink': (address) => {
    if (!/^https?:\/\//.test(address)) throw new BackendError('bad_address');
    window.open(address, '_blank', 'noopener,noreferrer');
  },
};

async function call(method: string, args: unknown[]): Promise<unknown> {
  const done = own[method];
  if (done) return done(String(args[0]));
  let response: Response;
  try {
    response = await fetch(`/call/${method}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ args }),
    });
  } catch {
    throw new BackendError('serve_stopped');
  }
  if (response.status === 401 || response.status === 403) throw new BackendError('serve_key');
  if (!response.ok) throw new BackendError('internal');
  const reply = (await response.json()) as Reply;
  if (reply.error) throw new BackendError(reply.error.code, reply.error.params);
  return reply.result;
}

/** window.go.app.<Struct>.<Method>(…) as the generated code calls it, one POST a call. */
function calls(): unknown {
  const methods = (name: string) =>
    new Proxy(
      {},
      {
        get:
          (_, method) =>
          (...args: unknown[]) =>
            call(`${name}.${String(method)}`, args),
      },
    );
  const structs = new Proxy({}, { get: (_, name) => methods(String(name)) });
  return { app: structs };
}

class Events {
  readonly #listeners = new Map<string, Set<Listener>>();
  #source: EventSource | undefined;

  readonly on = (event: string, listener: Listener): (() => void) => {
    const listeners = this.#listeners.get(event) ?? new Set();
    listeners.add(listener);
    this.#listeners.set(event, listeners);
    this.#source ??= this.#open();
    return () => listeners.delete(listener);
  };

  readonly off = (...events: string[]): void => {
    for (const event of events) this.#listeners.delete(event);
  };

  #open(): EventSource {
    const source = new EventSource('/events'); // reconnects by itself
    source.onopen = () => this.#tell('events:open', undefined);
    source.onmessage = (message) => {
      const { event, value } = JSON.parse(String(message.data)) as { event: string; value: unknown };
      this.#tell(event, value);
    };
    return source;
  }

  #tell(event: string, value: unknown): void {
    for (const listener of this.#listeners.get(event) ?? []) listener(value);
  }
}

/** Puts the browser's transport where the generated code expects the window's. */
export function installHttp(): void {
  const events = new Events();
  Object.assign(window, {
    go: calls(),
    runtime: {
      EventsOnMultiple: events.on,
      EventsOff: events.off,
      WindowSetTitle: (title: string) => {
        document.title = title;
      },
    },
  });
}
