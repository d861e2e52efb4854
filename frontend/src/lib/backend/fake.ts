/**
 * Made-up answers for looking at screens without the program: `npm run dev`, then
 * `?fake` or `?fake=1000000` rows. It filters by user and queue only. It is never part
 * of a build.
 */
import type { app, profile } from './backend';

const users = ['Anna Nováková', 'Petr Král', 'Klára Veselá', 'Jan Malý', 'Sarah Hughes', 'Marek Šimek'];
const queues = ['Podpora CZ', 'Objednávky', 'Fakturace', 'Support EN'];
const people = [
  'Marie Dvořáková',
  'Lukáš Beneš',
  'Grace Whitfield',
  'Eva Horáková',
  'Tomáš Svoboda',
  'Jiří Procházka',
  'Oliver Bennett',
  'Veronika Jelínková',
  'Žaneta Čermáková',
];
const titles = [
  'Reklamace faktury',
  'Výměna routeru',
  'Delivery to Brno',
  'Dotaz na dostupnost',
  'Splatnost faktury',
];
const nowMs = Date.UTC(2026, 10, 22, 16, 42);

function mix(seed: number): number {
  let x = (seed + 0x9e3779b9) | 0;
  x = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
  return (x ^ (x >>> 15)) >>> 0;
}

const pick = <T>(values: readonly T[], seed: number): T => values[mix(seed) % values.length] as T;

function rowOf(index: number): app.Row {
  const missed = mix(index) % 7 === 0;
  const anonymised = mix(index + 5) % 19 === 0;
  const person = pick(people, index * 3);
  const paired = mix(index + 1) % 8 !== 0;
  const user = missed ? '' : pick(users, index * 7);
  const timeMs = nowMs - index * 417_000 - (mix(index) % 200_000);
  const states = anonymised
    ? ['anonymised']
    : [[], [], [], [], [], ['pending'], ['conflict'], ['refused']][mix(index + 9) % 8];
  return {
    id: index,
    name: `activities_${mix(index).toString(16)}${index}`,
    timeMs,
    queue: pick(queues, index * 11),
    queueName: pick(queues, index * 11),
    queueOff: false,
    user,
    userName: user,
    userOff: user === 'Marek Šimek',
    contact: anonymised || !paired ? '' : person,
    contactName: paired && !anonymised ? person : '',
    account: '',
    accountName: '',
    wa: anonymised ? '' : (person.split(' ')[0] ?? ''),
    waNumber: anonymised ? '' : `+420 601 555 ${100 + (index % 900)}`,
    sender: '',
    title: anonymised ? '' : pick([person, ...titles], index * 13),
    answered: missed ? 'no' : 'yes',
    waitS: missed ? 180 + (mix(index) % 300) : mix(index) % 170,
    durationS: missed ? -1 : 200 + (mix(index + 3) % 2000),
    ended: missed ? '' : pick(['USER', 'CLIENT'], index),
    connector: pick(['WA Podpora', 'WA Shop'], index),
    missed: missed ? pick(['waiting', 'contactedback', 'cleared'], index) : 'never',
    missedRaw: missed ? 'YES' : '',
    missedTimeMs: missed ? timeMs + 300_000 : -1,
    direction: mix(index + 2) % 9 === 0 ? 'OUT' : 'IN',
    left: '',
    states: states ?? [],
    firstReplyS: 190,
    silenceS: 1032,
    activities: 1,
    messages: 8,
    target: missed ? 'no' : 'yes',
    over: missed ? { wait: 120 } : {},
    tickets: [],
    statuses: [],
    figures: missed
      ? { wait: 180 + (mix(index) % 300) }
      : { wait: mix(index) % 170, duration: 200 + (mix(index + 3) % 2000) },
  };
}

const settings: profile.Settings = {
  lang: new URLSearchParams(location.search).get('lang') ?? 'en',
  region: '',
  theme: new URLSearchParams(location.search).get('theme') ?? 'system',
  density: 'standard',
  textSize: Number(new URLSearchParams(location.search).get('size') ?? 100),
  reduceMotion: false,
  singleKeys: true,
  shortcuts: {},
  startView: '',
  columns: [],
  detailWidth: 480,
  detailTab: 'wap',
  stripOpen: true,
  syncMinutes: 5,
  syncMessages: true,
  syncMetered: 'new',
  targets: {
    all: { waitS: 120, firstReplyS: 0, silenceS: 0, durationS: 0, answeredPercent: 0 },
    queues: [],
  },
  presentation: false,
  weekStart: 1,
  export: '',
  exportTemplates: [],
};
const day = (from: string, to: string): profile.DayRange => ({
  from,
  to,
  fromMs: Date.parse(from),
  toMs: Date.parse(to) + 86_400_000,
});
const sync: app.SyncStatus = {
  state: 'idle',
  phase: '',
  done: 0,
  expected: 0,
  rate: 0,
  leftS: 0,
  metered: '',
  paused: false,
  rereadDown: '',
  waitS: 0,
  lastMs: nowMs - 120_000,
  nextMs: 0,
  stored: 5000,
  coverage: [day('2026-09-01', '2026-11-22')],
  waiting: 3,
  refused: 0,
  todo: 0,
  errorCode: '',
  errorParams: {},
  unread: [],
  neverListed: [],
  newRows: 0,
  compactionDue: false,
  zoneUnknown: '',
  zoneUsed: '',
  doubted: 0,
};

/** Puts the answers where the generated code expects the window's. */
export function installFake(): void {
  const params = new URLSearchParams(location.search);
  const all = Number(params.get('fake') || 53);
  const mood = params.get('mood') ?? '';
  let snapshots = 0;
  const option = (value: string, kind = 'item', deactivated = false): app.PickOption => ({
    value,
    title: value,
    kind,
    deactivated,
    count: 3 + (mix(value.length) % 20),
  });
  const calls: Record<string, Record<string, (...args: never[]) => unknown>> = {
    Session: {
      State: () => ({
        mode: mood === 'firstrun' ? 'firstrun' : 'ready',
        demo: false,
        readOnly: false,
        company: 'acme.daktela.com',
        profile: 'acme',
        userName: 'lead',
        userTitle: 'Lead',
        zone: 'Europe/Prague',
        nowMs,
        version: '0',
        anonymising: 'allowed',
        mayExport: true,
        visibleUsers: 12,
        visibleQueues: 4,
        open: '',
        browser: true,
        settings,
      }),
      CopyText: (text: string) => void navigator.clipboard?.writeText(text).catch(() => {}),
      Painted: () => {},
    },
    Sync: {
      Status: () => ({
        ...sync,
        state:
          mood === 'offline'
            ? 'offline'
            : mood === 'signin'
              ? 'signin'
              : mood === 'problem'
                ? 'problem'
                : 'idle',
        errorCode: mood === 'problem' ? 'unreachable' : '',
        errorParams: { host: 'acme.daktela.com' },
      }),
    },
    Preferences: {
      Get: () => settings,
      Set: (next: profile.Settings) => next,
      Retention: () => ({ days: 0, anonymise: false, keptFrom: '', interactions: 0, waiting: 0 }),
    },
    Interactions: {
      Search: async (filter: profile.Filter) => {
        if (mood === 'slow') await new Promise((done) => setTimeout(done, 5000));
        if (mood === 'error') throw new Error('{"code":"internal"}');
        const oneDay = filter.time.preset === 'today' || filter.time.preset === 'yesterday';
        const total = ['empty', 'never', 'missing', 'norights'].includes(mood)
          ? 0
          : filter.users.length > 0
            ? 21
            : all;
        return {
          snapshot: `s${++snapshots}`,
          total,
          text: '',
          stored: mood === 'never' ? 0 : 5000,
          noRights: mood === 'norights',
          refused: [],
          words: [],
          period: {
            fromMs: Date.UTC(2026, 10, 21, 23),
            toMs: Date.UTC(2026, 10, 22, 23),
            from: '2026-11-22 00:00',
            to: '2026-11-23 00:00',
            days: oneDay ? 1 : 30,
          },
          missing:
            mood === 'missing'
              ? [day('2026-10-01', '2026-10-14')]
              : mood === 'partly'
                ? [day('2026-11-10', '2026-11-12')]
                : [],
          summary: {
            total,
            answered: Math.round(total * 0.89),
            unanswered: total - Math.round(total * 0.89),
            missed: Math.round(total * 0.07),
            waiting: 3,
            waited: Math.round(total * 0.93),
            medianS: 44,
            p90S: 246,
            targets: [{ goal: '', measured: total, within: Math.round(total * 0.82) }],
            heatKind: oneDay ? 'day' : 'days',
            heat: Array.from({ length: oneDay ? 24 : 720 }, (_, at) => ({
              fromMs: 0,
              day: Math.floor(at / 24),
              hour: at % 24,
              count: at % 24 > 6 && at % 24 < 18 ? mix(at) % 9 : 0,
              missed: mix(at) % 5 === 0 && at % 24 > 8 && at % 24 < 18 ? 1 : 0,
            })),
          },
        };
      },
      Window: async (_snapshot: string, offset: number, limit: number) => ({
        offset,
        rows: Array.from({ length: Math.max(0, Math.min(limit, all - offset)) }, (_, at) =>
          rowOf(offset + at),
        ),
      }),
      IndexOf: (_snapshot: string, name: string) =>
        Array.from({ length: Math.min(all, 2000) }, (_, at) => at).find((at) => rowOf(at).name === name) ??
        -1,
      Changed: () => ({ new: mood === 'new' ? 12 : 0, changed: [], missing: [], asOfMs: 0 }),
      Count: () => 21,
      Release: () => {},
      CopyRows: () => ({ text: 'a\tb', rows: 1 }),
    },
    Views: { Views: () => [] },
    Filters: {
      Fields: () => [],
      Values: (field: string) =>
        (field === 'queue' ? queues : field === 'user' ? users : ['waiting', 'contactedback']).map((value) =>
          option(value),
        ),
      Pick: (field: string) => [
        option('group:Support', 'group'),
        ...(field === 'user' ? users : queues).map((value) => option(value, 'item', value === 'Marek Šimek')),
        option('(none)', 'none'),
      ],
      PeriodInfo: () => ({
        fromMs: Date.UTC(2026, 10, 21, 23),
        toMs: Date.UTC(2026, 10, 22, 23),
        from: '2026-11-22 00:00',
        to: '2026-11-23 00:00',
        days: 1,
      }),
      ShiftPeriod: (period: profile.Period) => period,
      Calendar: (month: string, months: number) =>
        Array.from({ length: months * 31 }, (_, at) => ({
          day: new Date(Date.parse(`${month}-01`) + at * 86_400_000).toISOString().slice(0, 10),
          stored: at < 9 ? 'none' : at === 9 ? 'part' : 'all',
        })),
      Parse: () => ({
        filter: {
          time: { preset: 'today', from: '', to: '' },
          users: [],
          queues: [],
          contact: '',
          tookPart: false,
          noContact: false,
          sender: '',
          sort: [],
        },
      }),
      Format: () => 'missed:waiting AND wait > 5m',
      FormatWhere: () => 'missed:waiting AND wait > 5m',
    },
    Changes: { List: () => [] },
  };
  const structs = new Proxy(
    {},
    {
      get: (_, struct) =>
        new Proxy(
          {},
          {
            get:
              (_target, method) =>
              async (...args: never[]) => {
                const answer = calls[String(struct)]?.[String(method)];
                if (!answer) throw new Error('{"code":"not_ready"}');
                return answer(...args);
              },
          },
        ),
    },
  );
  Object.assign(window, {
    go: { app: structs },
    runtime: { EventsOnMultiple: () => () => {}, EventsOff: () => {}, WindowSetTitle: () => {} },
  });
}
