import { backend, type app } from '$lib/backend';

/** Whoever leafs past an interaction has seen nothing of it yet. */
const seenAfter = 1000; // ms

/** Marks an interaction whose details are shown as seen, soon; the function it returns gives that up. */
export function seenSoon(detail: app.Detail | undefined, name: string | undefined): (() => void) | undefined {
  if (!name || detail?.row.name !== name || detail.row.states.includes('seen')) return undefined;
  // Where it cannot be kept, it counts as new once more.
  const timer = setTimeout(() => void backend.sweeps.Seen(name).catch(() => {}), seenAfter);
  return () => clearTimeout(timer);
}
