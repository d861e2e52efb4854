import { BackendError } from './errors';

type Listener = (...values: unknown[]) => void;

interface Reply {
  result?: unknown;
  error?: { code: string; params?: Record<string, string> };
}

/** What the program cannot do for a page in a browser, and the page does itself. */
const own: Record<string, (text: string) => unknown> = {
  'Session.CopyText': (text) => navigator.clipboard.writeText(text),
  'Session.OpenFile': pickFile,
  'Session.OpenFileWith': (dates) => openAgain(dates),
  'Session.OpenLink': (address) => {
    if (!/^https?:\/\//.test(address)) throw new BackendError('bad_address');
    window.open(address, '_blank', 'noopener,noreferrer');
  },
};

async function call(method: string, args: unknown[]): Promise<unknown> {
  const done = own[method];
  if (done) return done(String(args[0]));
  return post(`/call/${method}`, 'application/json', JSON.stringify({ args }));
}

async function post(address: string, type: string, body: BodyInit): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(address, { method: 'POST', headers: { 'Content-Type': type }, body });
  } catch {
    throw new BackendError('serve_stopped');
  }
  if (response.status === 401 || response.status === 403) throw new BackendError('serve_key');
  if (!response.ok) throw new BackendError('internal');
  const reply = (await response.json()) as Reply;
  if (reply.error) throw new BackendError(reply.error.code, reply.error.params);
  return reply.result;
}

/** The file sent last: it is sent again when the program asked for the order of its dates. */
let sent: File | undefined;

function openFile(file: File, query = ''): Promise<unknown> {
  sent = file;
  return post(`/upload/${encodeURIComponent(file.name)}${query}`, 'application/octet-stream', file);
}

function openAgain(dates: string): Promise<unknown> {
  if (!sent) throw new BackendError('file_missing');
  return openFile(sent, `?dates=${encodeURIComponent(dates)}`);
}

/** Lets a person pick an exported file and sends it; the report is empty if they pick none. */
function pickFile(): Promise<unknown> {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = '.xlsx,.csv';
  const picked = new Promise<File | undefined>((resolve) => {
    input.onchange = () => resolve(input.files?.[0]);
    input.oncancel = () => resolve(undefined);
  });
  input.click();
  return picked.then((file) =>
    file
      ? openFile(file)
      : { profile: '', rows: 0, left: 0, values: 0, skipped: [], unknown: [], notices: [] },
  );
}

/** Opens a file that is dropped anywhere on the page, as the window does. */
function takeDrops(tell: (event: string, value: unknown) => void): void {
  const hasFile = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
  window.addEventListener('dragover', (event) => {
    if (!hasFile(event)) return; // a column that is being moved
    event.preventDefault();
    tell('file:over', true);
  });
  window.addEventListener('dragleave', (event) => {
    if (hasFile(event) && event.relatedTarget === null) tell('file:over', false);
  });
  window.addEventListener('drop', (event) => {
    if (!hasFile(event)) return;
    event.preventDefault();
    tell('file:over', false);
    const file = event.dataTransfer?.files[0];
    if (!file) return;
    openFile(file).then(
      (report) => tell('file:dropped', { report, error: null }),
      (reason) => tell('file:dropped', { report: null, error: reason as BackendError }),
    );
  });
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
    source.onopen = () => this.tell('events:open', undefined);
    source.onmessage = (message) => {
      const { event, value } = JSON.parse(String(message.data)) as { event: string; value: unknown };
      this.tell(event, value);
    };
    return source;
  }

  readonly tell = (event: string, value: unknown): void => {
    for (const listener of this.#listeners.get(event) ?? []) listener(value);
  };
}

/** Puts the browser's transport where the generated code expects the window's. */
export function installHttp(): void {
  const events = new Events();
  takeDrops(events.tell);
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
