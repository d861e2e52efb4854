import { describe, expect, it } from 'vitest';
import type { app, profile } from '$lib/backend/backend';
import { buildTimeline, foldMs, foldsOf, Scale, stopsOf, ticks } from './timeline';

const t0 = Date.UTC(2026, 10, 22, 15, 48, 20);
const at = (seconds: number) => t0 + seconds * 1000;

const step = (seconds: number, name: string, mark = '', user = ''): profile.Step => ({
  timeMs: at(seconds),
  mark,
  step: name,
  queue: 'Podpora',
  user,
  lastsS: -1,
  text: '',
});

const activity = (user: string, openS: number, closeS: number) =>
  ({
    openMs: at(openS),
    closeMs: closeS < 0 ? -1 : at(closeS),
    timeMs: at(openS),
    user: { name: user, title: user },
    queue: { name: '', title: '' },
  }) as app.Activity;

const message = (seconds: number, direction: string) =>
  ({ name: `m${seconds}`, timeMs: at(seconds), direction, type: 'PUBLIC' }) as app.Message;

const row = (change: Partial<app.Row> = {}) =>
  ({
    timeMs: t0,
    waitS: -1,
    durationS: -1,
    answered: 'yes',
    user: 'Anna',
    queue: 'Podpora',
    ...change,
  }) as app.Row;

describe('buildTimeline', () => {
  const whole = buildTimeline({
    row: row(),
    process: [
      step(0, 'queued', 'tA'),
      step(168, 'accepted', 'tB', 'Anna'),
      step(1460, 'queued'),
      step(1500, 'accepted', '', 'Petr'),
      step(2654, 'ended', 'tC'),
      step(1500, 'saved', 'tD'),
      step(2862, 'saved', 'tD'),
    ],
    activities: [activity('Anna', 168, 1460), activity('Petr', 1500, -1)],
    messages: [message(10, 'IN'), message(200, 'OUT')],
  })!;

  it('draws waiting and connected stretches between the steps', () => {
    expect(whole.tracks[0]!.segments.map(({ kind, fromMs, toMs }) => [kind, fromMs - t0, toMs - t0])).toEqual(
      [
        ['waiting', 0, 168_000],
        ['connected', 168_000, 1_460_000],
        ['waiting', 1_460_000, 1_500_000],
        ['connected', 1_500_000, 2_654_000],
      ],
    );
  });

  it('lets a customer whom nobody answered wait as long as they did, whatever an agent does later', () => {
    const missed = buildTimeline({
      row: row({ answered: 'no', waitS: 90, user: '' }),
      process: [
        { ...step(0, 'queued', 'tA'), lastsS: 90 },
        step(90, 'other'),
        step(700, 'saved', 'tD', 'Petr'),
      ],
      activities: [activity('Petr', 640, 700)],
      messages: [],
    })!;
    expect(missed.tracks.map(({ kind, segments }) => [kind, segments.length])).toEqual([
      ['interaction', 1],
      ['activity', 1],
    ]);
    expect(missed.tracks[0]!.segments[0]).toMatchObject({ kind: 'waiting', fromMs: t0, toMs: at(90) });
  });

  it('has a track for each activity, processing and messages', () => {
    expect(whole.tracks.map((track) => track.kind)).toEqual([
      'interaction',
      'activity',
      'activity',
      'processing',
      'messages',
    ]);
    expect(whole.tracks[2]!.segments[0]!.toMs).toBe(at(2862)); // open: as far as is known
    const processing = whole.tracks[3]!.segments[0]!;
    expect([processing.fromMs, processing.toMs]).toEqual([at(168), at(2654)]);
  });

  it('takes the last save for tD', () => {
    expect(whole.instants.map(({ mark, ms }) => [mark, ms - t0])).toEqual([
      ['tA', 0],
      ['tB', 168_000],
      ['tC', 2_654_000],
      ['tD', 2_862_000],
    ]);
  });

  it('lists the stops of the keyboard', () => {
    expect(stopsOf(whole)).toHaveLength(4 + 2 + 1 + 2);
  });

  it('falls back on the times of the row', () => {
    const coarse = buildTimeline({
      row: row({ waitS: 30, durationS: 60 }),
      process: [],
      activities: [],
      messages: [],
    })!;
    expect(coarse.tracks[0]!.segments.map(({ kind, toMs }) => [kind, toMs - t0])).toEqual([
      ['waiting', 30_000],
      ['connected', 90_000],
    ]);
  });

  it('draws nothing of an interaction of which nothing is known', () => {
    expect(
      buildTimeline({ row: row({ timeMs: 0 }), process: [], activities: [], messages: [] }),
    ).toBeUndefined();
  });
});

describe('Scale', () => {
  const hour = 3_600_000;
  it('folds long pauses and keeps the order', () => {
    const moments = [0, 60_000, 5 * hour, 5 * hour + 60_000];
    const folds = foldsOf(moments);
    expect(folds).toEqual([{ fromMs: 60_000, toMs: 5 * hour }]);
    const scale = new Scale(0, 5 * hour + 60_000, folds);
    const places = moments.map((ms) => scale.at(ms));
    expect(places[0]).toBe(0);
    expect(places[3]).toBe(1);
    expect(places[2]! - places[1]!).toBeLessThan(0.1);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
  });

  it('does not fold a pause of just the limit', () => {
    expect(foldsOf([0, foldMs])).toEqual([]);
    expect(foldsOf([0, foldMs + 1])).toHaveLength(1);
  });

  it('puts everything at the start when nothing lasted', () => {
    const scale = new Scale(t0, t0, []);
    expect(scale.at(t0)).toBe(0);
    expect(scale.at(t0 - 5)).toBe(0);
    expect(scale.at(t0 + 5)).toBe(1);
  });
});

describe('ticks', () => {
  it('are round, apart and outside of folds', () => {
    const folds = [{ fromMs: at(600), toMs: at(90_000) }];
    const timeline = { tracks: [], instants: [], folds, fromMs: t0, toMs: at(90_600) };
    const scale = new Scale(timeline.fromMs, timeline.toMs, folds);
    const found = ticks(timeline, scale, 0.12);
    expect(found.length).toBeGreaterThan(2);
    for (const ms of found) {
      expect(ms % 60_000).toBe(0);
      expect(ms <= at(600) || ms >= at(90_000)).toBe(true);
    }
    const gaps = found.slice(1).map((ms, index) => scale.at(ms) - scale.at(found[index]!));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(0.12);
  });
});
