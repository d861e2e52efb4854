/** Where the window is. Every place has an address, so that Back, Forward and links work. */
export type Route =
  | { page: 'connect' }
  | { page: 'interactions'; name?: string; tab?: 'wap' | 'activity'; activity?: string; q?: string }
  | { page: 'overview'; of?: 'agent' | 'queue'; name?: string; q?: string; compare?: string }
  | { page: 'reports' }
  | { page: 'review'; q?: string; n?: number; least?: number; seed?: number; at?: string }
  | { page: 'changes' }
  | { page: 'settings'; section?: string };

/** Reads "#/interactions/<name>/activity/<activity>?q=…"; anything unknown is the list. */
export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = splitOnce(hash.replace(/^#\/?/, ''), '?');
  const [page = '', ...rest] = path.split('/').map(decode);
  const params = new URLSearchParams(query);
  const q = params.get('q') ?? undefined;
  switch (page) {
    case 'connect':
      return { page };
    case 'overview':
      return {
        page,
        ...((rest[0] === 'agent' || rest[0] === 'queue') && rest[1] ? { of: rest[0], name: rest[1] } : {}),
        q,
        compare: params.get('compare') ?? undefined,
      };
    case 'review': {
      const number = (name: string) =>
        /^\d{1,9}$/.test(params.get(name) ?? '') ? Number(params.get(name)) : undefined;
      return {
        page,
        q,
        n: number('n'),
        least: number('least'),
        seed: number('seed'),
        at: params.get('at') ?? undefined,
      };
    }
    case 'reports':
    case 'changes':
      return { page };
    case 'settings':
      return { page, section: rest[0] || undefined };
  }
  const [name, tab, activity] = rest;
  if (!name) return { page: 'interactions', q };
  if (tab === 'activity') return { page: 'interactions', name, tab, activity: activity || undefined, q };
  return { page: 'interactions', name, tab: tab === 'wap' ? 'wap' : undefined, q };
}

/** The address of a route, with its hash. */
export function formatRoute(route: Route): string {
  const parts: (string | undefined)[] = [route.page];
  if (route.page === 'settings') parts.push(route.section);
  if (route.page === 'overview' && route.of && route.name) parts.push(route.of, route.name);
  if (route.page === 'interactions' && route.name) {
    parts.push(route.name, route.tab);
    if (route.tab === 'activity') parts.push(route.activity);
  }
  const path = parts.filter((part): part is string => Boolean(part)).map(encodeURIComponent);
  const params = new URLSearchParams();
  if ('q' in route && route.q !== undefined) params.set('q', route.q);
  if ('compare' in route && route.compare) params.set('compare', route.compare);
  if (route.page === 'review') {
    for (const name of ['n', 'least', 'seed', 'at'] as const) {
      if (route[name] !== undefined) params.set(name, String(route[name]));
    }
  }
  return `#/${path.join('/')}${params.size > 0 ? `?${params}` : ''}`;
}

function splitOnce(text: string, by: string): [string, string] {
  const at = text.indexOf(by);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // a stray % in a link that somebody typed
  }
}

class Router {
  route = $state<Route>({ page: 'interactions' });

  /** Follows the address until the returned function is called. */
  start(): () => void {
    const read = () => {
      this.route = parseRoute(location.hash);
    };
    read();
    window.addEventListener('hashchange', read);
    return () => window.removeEventListener('hashchange', read);
  }

  /** Goes to a route and leaves a step in the history, unless it replaces the present one. */
  go(route: Route, how: 'push' | 'replace' = 'push'): void {
    const address = formatRoute(route);
    if (address === location.hash) return;
    if (how === 'replace') history.replaceState(null, '', address);
    else location.hash = address;
    this.route = route; // the event of the address comes later
  }
}

export const router = new Router();
