import { backend, on } from '$lib/backend';

/** In ms: what took less is not worth an interruption elsewhere. */
export const long = 10_000;

type Job = 'export' | 'sync' | 'erase';
export type Ended = 'exportDone' | 'exportFailed' | 'syncDone' | 'syncFailed' | 'eraseDone';

/** Remembers since when jobs run, and tells of the long ones that end while nobody looks. */
export class Jobs {
  readonly #since = new Map<Job, number>();

  constructor(
    private readonly now: () => number,
    private readonly looked: () => boolean,
    private readonly tell: (ended: Ended) => void,
  ) {}

  /** A job goes on, or has ended so. */
  follow(job: Job, how: 'running' | Ended | 'cancelled'): void {
    const since = this.#since.get(job);
    if (how === 'running') {
      this.#since.set(job, since ?? this.now());
      return;
    }
    this.#since.delete(job);
    if (how === 'cancelled' || since === undefined || this.now() - since < long || this.looked()) return;
    this.tell(how);
  }
}

/** Notifies by the system of what ends while the window is in the background; returns what ends that. */
export function notifyOfEnds(): () => void {
  const jobs = new Jobs(
    () => Date.now(),
    () => document.hasFocus(),
    // A system without notifications lacks nothing else: the window shows what became of it.
    (ended) => void backend.session.Notify(ended).catch(() => undefined),
  );
  const stops = [
    on('export:progress', ({ state }) => {
      const ends = { running: 'running', done: 'exportDone', failed: 'exportFailed' } as const;
      jobs.follow('export', ends[state as keyof typeof ends] ?? 'cancelled');
    }),
    on('sync:status', ({ state, errorCode }) => {
      const ended = state === 'paused' ? 'cancelled' : errorCode ? 'syncFailed' : 'syncDone';
      jobs.follow('sync', state === 'syncing' ? 'running' : ended);
    }),
    on('erase:progress', ({ phase }) => {
      if (phase !== 'compacting') jobs.follow('erase', phase === 'erasing' ? 'running' : 'eraseDone');
    }),
  ];
  return () => stops.forEach((stop) => stop());
}
