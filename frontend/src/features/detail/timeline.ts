import type { app, profile } from '$lib/backend/backend';

export type TrackKind = 'interaction' | 'activity' | 'processing' | 'messages';

/** A stretch of a track, in UTC milliseconds. */
export interface Segment {
  kind: 'waiting' | 'connected' | 'activity' | 'processing';
  fromMs: number;
  toMs: number;
  user: string;
  queue: string;
}

/** A message on the track of messages. */
export interface Mark {
  ms: number;
  out: boolean;
  name: string;
}

export interface Track {
  kind: TrackKind;
  number: number; // of an activity, from 1; 0 otherwise
  segments: Segment[];
  marks: Mark[];
}

/** A long pause drawn short. */
export interface Fold {
  fromMs: number;
  toMs: number;
}

export interface Instant {
  mark: 'tA' | 'tB' | 'tC' | 'tD';
  ms: number;
}

export interface Timeline {
  tracks: Track[];
  instants: Instant[];
  folds: Fold[];
  fromMs: number;
  toMs: number;
}

/** Pauses longer than this are folded. */
export const foldMs = 30 * 60 * 1000;

/** Draws up the tracks of an interaction; undefined when not even its start is known. */
export function buildTimeline(
  detail: Pick<app.Detail, 'process' | 'activities' | 'messages' | 'row'>,
): Timeline | undefined {
  const { process, activities, messages, row } = detail;
  const instants = (['tA', 'tB', 'tC', 'tD'] as const).flatMap((mark): Instant[] => {
    // tD is the last of several activities saved, the others the first of their kind.
    const found = process.filter((step) => step.mark === mark).map((step) => step.timeMs);
    if (found.length === 0) return [];
    return [{ mark, ms: mark === 'tD' ? Math.max(...found) : Math.min(...found) }];
  });

  const endMs = lastMoment(detail);
  const interaction = interactionSegments(process, row, endMs);
  const connected = interaction.filter((segment) => segment.kind === 'connected');
  const tracks: Track[] = [{ kind: 'interaction', number: 0, segments: interaction, marks: [] }];
  activities.forEach((activity, index) => {
    const fromMs = activity.openMs > 0 ? activity.openMs : activity.timeMs;
    if (fromMs <= 0) return;
    const toMs = Math.max(fromMs, activity.closeMs > 0 ? activity.closeMs : endMs);
    const segment: Segment = {
      kind: 'activity',
      fromMs,
      toMs,
      user: activity.user.title,
      queue: activity.queue.title,
    };
    tracks.push({ kind: 'activity', number: index + 1, segments: [segment], marks: [] });
  });
  const first = connected[0];
  const last = connected.at(-1);
  if (first && last) {
    const processing: Segment = {
      kind: 'processing',
      fromMs: first.fromMs,
      toMs: last.toMs,
      user: '',
      queue: '',
    };
    tracks.push({ kind: 'processing', number: 0, segments: [processing], marks: [] });
  }
  const marks = messages
    .filter((message) => message.type === 'PUBLIC' && message.timeMs > 0)
    .map((message) => ({ ms: message.timeMs, out: message.direction !== 'IN', name: message.name }));
  if (marks.length > 0) tracks.push({ kind: 'messages', number: 0, segments: [], marks });

  const moments = [
    ...instants.map((instant) => instant.ms),
    ...tracks.flatMap((track) => track.segments.flatMap((segment) => [segment.fromMs, segment.toMs])),
    ...marks.map((mark) => mark.ms),
  ].sort((a, b) => a - b);
  const fromMs = moments[0];
  const toMs = moments.at(-1);
  if (fromMs === undefined || toMs === undefined) return undefined;
  return { tracks, instants, folds: foldsOf(moments), fromMs, toMs };
}

/** The interaction's way: waiting from each time it was queued, connected from each acceptance. */
function interactionSegments(process: readonly profile.Step[], row: app.Row, endMs: number): Segment[] {
  const segments: Segment[] = [];
  let open: Segment | undefined;
  let left = endMs;
  const close = (ms: number) => {
    if (open && ms > open.fromMs) segments.push({ ...open, toMs: ms });
    open = undefined;
  };
  for (const step of [...process].sort((a, b) => a.timeMs - b.timeMs)) {
    const start = { fromMs: step.timeMs, toMs: step.timeMs, user: step.user, queue: step.queue };
    switch (step.step) {
      case 'queued':
        close(step.timeMs);
        open = { kind: 'waiting', ...start };
        // Who was never answered waited this long, whatever an agent did about it later.
        left = row.answered === 'no' && step.lastsS > 0 ? step.timeMs + step.lastsS * 1000 : endMs;
        break;
      case 'accepted':
        close(step.timeMs);
        open = { kind: 'connected', ...start };
        break;
      case 'ended':
        close(step.timeMs);
        break;
    }
  }
  close(open?.kind === 'waiting' ? left : endMs);
  if (segments.length > 0 || row.timeMs <= 0) return segments;

  // Nothing but the times of the row: they tell the same, only coarser.
  const waitMs = Math.max(0, row.waitS) * 1000;
  const durationMs = Math.max(0, row.durationS) * 1000;
  const accepted = row.timeMs + waitMs;
  const { user, queue } = row;
  if (waitMs > 0) segments.push({ kind: 'waiting', fromMs: row.timeMs, toMs: accepted, user: '', queue });
  if (durationMs > 0 && row.answered !== 'no') {
    segments.push({ kind: 'connected', fromMs: accepted, toMs: accepted + durationMs, user, queue });
  }
  return segments;
}

function lastMoment({
  process,
  activities,
  messages,
}: Pick<app.Detail, 'process' | 'activities' | 'messages'>): number {
  return Math.max(
    0,
    ...process.map((step) => step.timeMs),
    ...activities.map((activity) => Math.max(activity.openMs, activity.closeMs)),
    ...messages.slice(-1).map((message) => message.timeMs),
  );
}

/** The pauses between neighbouring moments (in order of time) that are long enough to fold. */
export function foldsOf(moments: readonly number[]): Fold[] {
  const folds: Fold[] = [];
  moments.forEach((toMs, index) => {
    const fromMs = moments[index - 1] ?? toMs;
    if (toMs - fromMs > foldMs) folds.push({ fromMs, toMs });
  });
  return folds;
}

/** Maps moments to places between 0 and 1, with every fold drawn as the same short stretch. */
export class Scale {
  readonly #knots: { ms: number; at: number }[];

  constructor(fromMs: number, toMs: number, folds: readonly Fold[]) {
    const folded = folds.reduce((sum, fold) => sum + fold.toMs - fold.fromMs, 0);
    const kept = Math.max(1000, toMs - fromMs - folded);
    const foldLength = Math.max(kept * 0.08, 1000);
    const whole = kept + foldLength * folds.length;
    const knots = [{ ms: fromMs, at: 0 }];
    let at = 0;
    let ms = fromMs;
    for (const fold of folds) {
      at += fold.fromMs - ms;
      knots.push({ ms: fold.fromMs, at: at / whole });
      at += foldLength;
      ms = fold.toMs;
      knots.push({ ms, at: at / whole });
    }
    knots.push({ ms: Math.max(toMs, ms + 1), at: 1 });
    this.#knots = knots;
  }

  /** The place of a moment; moments outside are put at the ends. */
  at(ms: number): number {
    const upper = this.#knots.findIndex((knot) => knot.ms >= ms);
    if (upper < 0) return 1;
    const b = this.#knots[upper];
    const a = this.#knots[upper - 1];
    if (!a || !b) return 0;
    return a.at + ((ms - a.ms) / Math.max(1, b.ms - a.ms)) * (b.at - a.at);
  }
}

const tickSteps = [1, 2, 5, 10, 15, 30, 60, 120, 240, 480, 1440].map((minutes) => minutes * 60_000);

/** Round moments to label, apart from each other by at least the given share of the picture. */
export function ticks(timeline: Timeline, scale: Scale, apart: number): number[] {
  const { fromMs, toMs, folds } = timeline;
  for (const step of tickSteps) {
    if ((toMs - fromMs) / step > 2000) continue;
    const found: number[] = [];
    for (let ms = Math.ceil(fromMs / step) * step; ms <= toMs; ms += step) {
      if (!folds.some((fold) => fold.fromMs < ms && ms < fold.toMs)) found.push(ms);
    }
    if (found.every((ms, index) => index === 0 || scale.at(ms) - scale.at(found[index - 1] ?? 0) >= apart))
      return found;
  }
  return [];
}

/** One place the keyboard stops at: a segment or a message. */
export interface Stop {
  track: number;
  fromMs: number;
  segment?: Segment;
  mark?: Mark;
}

/** All stops of the tracks in order, track by track. */
export function stopsOf(timeline: Timeline): Stop[] {
  return timeline.tracks.flatMap((track, index) => [
    ...track.segments.map((segment) => ({ track: index, fromMs: segment.fromMs, segment })),
    ...track.marks.map((mark) => ({ track: index, fromMs: mark.ms, mark })),
  ]);
}
