import * as changesCalls from '$go/app/Changes';
import * as detailsCalls from '$go/app/Details';
import * as erasureCalls from '$go/app/Erasure';
import * as exportsCalls from '$go/app/Exports';
import * as filtersCalls from '$go/app/Filters';
import * as interactionsCalls from '$go/app/Interactions';
import * as ledgerCalls from '$go/app/Ledger';
import * as lockCalls from '$go/app/Lock';
import * as overviewsCalls from '$go/app/Overviews';
import * as peopleCalls from '$go/app/People';
import * as preferencesCalls from '$go/app/Preferences';
import * as quickCalls from '$go/app/Quick';
import * as reportsCalls from '$go/app/Reports';
import * as reviewsCalls from '$go/app/Reviews';
import * as sessionCalls from '$go/app/Session';
import * as sweepsCalls from '$go/app/Sweeps';
import * as syncCalls from '$go/app/Sync';
import * as viewsCalls from '$go/app/Views';
import type { app, connection, guide, hours, profile, query } from '$go/models';
import { decodeError } from './errors';

export type { app, connection, guide, hours, profile, query };
export { BackendError, codeText, decodeError, errorText } from './errors';

type Calls = Record<string, (...args: never[]) => Promise<unknown>>;

/** The same calls, with every rejection turned into a BackendError. */
function guarded<T extends Calls>(calls: T): T {
  const guard =
    (method: (...args: never[]) => Promise<unknown>) =>
    async (...args: never[]) => {
      try {
        return await method(...args);
      } catch (reason) {
        throw decodeError(reason);
      }
    };
  return Object.fromEntries(Object.entries(calls).map(([name, method]) => [name, guard(method)])) as T;
}

/** Everything the page may ask the program, one part a screen. */
export const backend = {
  changes: guarded(changesCalls),
  details: guarded(detailsCalls),
  erasure: guarded(erasureCalls),
  exports: guarded(exportsCalls),
  filters: guarded(filtersCalls),
  interactions: guarded(interactionsCalls),
  ledger: guarded(ledgerCalls),
  lock: guarded(lockCalls),
  overviews: guarded(overviewsCalls),
  people: guarded(peopleCalls),
  preferences: guarded(preferencesCalls),
  quick: guarded(quickCalls),
  reports: guarded(reportsCalls),
  reviews: guarded(reviewsCalls),
  session: guarded(sessionCalls),
  sweeps: guarded(sweepsCalls),
  sync: guarded(syncCalls),
  views: guarded(viewsCalls),
};

/** What became of a file that was dropped: app.DroppedFile, which no call returns. */
export interface DroppedFile {
  report: profile.OpenReport;
  error: { code: string; params?: Record<string, string> } | null;
}

/** The events of app/events.go and what each carries. */
export interface BackendEvents {
  'sync:status': app.SyncStatus;
  'data:changed': undefined;
  'export:progress': app.ExportProgress;
  'erase:progress': { done: number; total: number; phase: string };
  'open:link': string;
  /** A file is being dragged over the page (true) or not any more. In a browser only. */
  'file:over': boolean;
  /** What became of a file that was dropped on the window. */
  'file:dropped': DroppedFile;
  'changes:updated': undefined;
  /** The program ends; how many changes wait to be sent. */
  'app:leaving': number;
  /** A planned report was made, or failed. */
  'reports:made': undefined;
  /** The lock was shut or opened. */
  'app:lock': undefined;
  /** In a browser: events come from now on; what happened before has to be asked for. */
  'events:open': undefined;
}

interface Runtime {
  EventsOnMultiple(event: string, listener: (value: never) => void, max: number): () => void;
  WindowSetTitle(title: string): void;
}

const runtime = () => (window as unknown as { runtime: Runtime }).runtime;

/** Listens to an event; returns what ends it, so that an effect can return it. */
export function on<E extends keyof BackendEvents>(
  event: E,
  listener: (value: BackendEvents[E]) => void,
): () => void {
  return runtime().EventsOnMultiple(event, listener as (value: never) => void, -1);
}

/** Sets the title of the window, or of the page in a browser. */
export function setTitle(title: string): void {
  document.title = title;
  runtime().WindowSetTitle(title);
}
