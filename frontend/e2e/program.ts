import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const binary =
  process.env.WAPDESK_BINARY ?? fileURLToPath(new URL('../../build/bin/wapdesk', import.meta.url));

/** What serves pages: the program, or one for another system after what starts it here, apart by spaces. */
export const serving = process.env.WAPDESK_SERVES?.split(' ') ?? [binary];

/** The clock of the tests: a working day's afternoon, so that Today holds rows. */
export const now = '2026-11-19T14:00:00+01:00';

/** How long the program may take to print its address, in milliseconds; on a busy computer Wine takes long. */
const startLimit = 120_000;

/** A folder that takes the place of a person's home and is removed at the end. */
export async function makeHome(): Promise<string> {
  return mkdtemp(path.join(tmpdir(), 'wapdesk-e2e-'));
}

export async function removeHome(home: string): Promise<void> {
  await rm(home, { recursive: true, force: true });
}

export interface Started {
  /** What the first line matched, group by group. */
  readonly found: string[];
  /** Everything it has written to standard error so far. */
  log(): string;
  /** Asks it to end and waits; the exit code, or null if a signal ended it. */
  stop(): Promise<number | null>;
  /** Ends it in the middle of whatever it does, as a crash would. */
  kill(): Promise<void>;
}

/** The environment of a program in home: its folders are there and nothing leads elsewhere. */
function environment(home: string, extra: Record<string, string>): NodeJS.ProcessEnv {
  const { WAPDESK_URL: _url, WAPDESK_TOKEN: _token, DISPLAY: _display, ...rest } = process.env;
  return {
    ...rest,
    HOME: home,
    XDG_CONFIG_HOME: path.join(home, 'config'),
    XDG_CACHE_HOME: path.join(home, 'cache'),
    XDG_DATA_HOME: path.join(home, 'share'),
    TZ: 'Europe/Prague',
    DBUS_SESSION_BUS_ADDRESS: 'disabled:', // no keyring of the person who runs the tests
    WAPDESK_NOW: now,
    ...extra,
  };
}

/**
 * Starts wapdesk with args and waits until its standard output matches pattern.
 * Its data lie in home/data.
 */
export async function start(
  home: string,
  args: string[],
  pattern: RegExp,
  env: Record<string, string> = {},
  [program = binary, ...before]: string[] = [binary],
): Promise<Started> {
  const child = spawn(program, [...before, '--data', path.join(home, 'data'), ...args], {
    env: environment(home, env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));

  const found = await firstMatch(child, pattern, () => log);
  return {
    found,
    log: () => log,
    async stop() {
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), 20_000);
      const code = await ended;
      clearTimeout(late);
      return code;
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

function firstMatch(child: ChildProcess, pattern: RegExp, log: () => string): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) => {
      clearTimeout(late);
      child.kill('SIGKILL');
      reject(new Error(`${child.spawnargs.join(' ')}: ${why}\n${log()}`));
    };
    const late = setTimeout(() => fail('printed nothing that was waited for'), startLimit);
    child.once('error', (error) => fail(error.message));
    const early = (code: number | null) => fail(`ended with ${code}`);
    child.once('close', early);
    let text = '';
    createInterface({ input: child.stdout! }).on('line', (line) => {
      text += line + '\n';
      const match = pattern.exec(text);
      if (!match) return;
      clearTimeout(late);
      child.off('close', early);
      resolve(match.slice(1).map(String));
    });
  });
}

/** Runs a command of wapdesk to its end: its exit code and output. */
export async function command(
  home: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(binary, ['--data', path.join(home, 'data'), ...args], {
    env: environment(home, env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { code, out, err };
}

/** All files below a folder. */
export async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}
