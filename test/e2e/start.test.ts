import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Service, startService } from '../support/service.ts';
import { until } from '../support/until.ts';

/** Six months are loaded first, beside other suites. */
const START_MS = 240_000;
const WHOLE_MS = 600_000;

/** What the engines' jars are found and fetched by; none of our own settings. */
const env = Object.fromEntries(
  ['HOME', 'JAVA_HOME', 'XDG_CACHE_HOME'].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  }),
);

const startIn = (folder: string) => startService(['start', '--data', folder, '--scale', '100000'], env);

/** The processes that this one has started, and those that they have. */
function descendants(pid: number): { pid: number; command: string }[] {
  const table = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' });
  const rows = table.split('\n').flatMap((line) => {
    const [, id, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return id === undefined ? [] : [{ pid: Number(id), parent: Number(parent), command: command ?? '' }];
  });
  const below = (of: number): typeof rows =>
    rows.filter(({ parent }) => parent === of).flatMap((row) => [row, ...below(row.pid)]);
  return below(pid);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('tocsin start', { timeout: WHOLE_MS }, () => {
  let folder: string;
  let line: Service;

  // The six months are loaded once: each start goes on where the one before it was.
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tocsin-start-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }));
  beforeEach(() => {
    line = startIn(folder);
  });
  afterEach(async () => {
    await line.kill('SIGKILL');
  });

  /** Resolves with the first line that counts alerts, and everything that runs then. */
  async function counting() {
    const counts = await line.line(
      'alerts to be counted',
      ({ msg }) => /alerts=[1-9]/.test(msg),
      0,
      START_MS,
    );
    const running = descendants(line.pid);
    for (const part of [
      'kafka.Kafka',
      'clickhouse/main.js',
      'inventory',
      'processor',
      'builder',
      'simulate',
    ]) {
      expect(
        running.some(({ command }) => command.includes(part)),
        part,
      ).toBe(true);
    }
    return { counts, running };
  }

  const gone = (running: readonly { pid: number }[]) =>
    until('all that it started to be gone', () => running.every(({ pid }) => !isRunning(pid)));

  test('counts alerts, and on SIGTERM stops in order and leaves nothing running', async () => {
    const { counts, running } = await counting();
    expect(counts.msg).toMatch(
      /messages=\d+ rate=\d+\/s lag=\S+ rejected=\S+ halted=\S+ suppressible=\S+ .*[0-9A-F]{4}=\d+/,
    );
    expect(await line.kill('SIGTERM')).toEqual({ code: 0, signal: null });
    await gone(running);
  });

  test('ends with 1 when a part ends by itself, and when it is killed takes the others along', async () => {
    const first = await counting();
    const processor = first.running.find(({ command }) => command.includes('tocsin.js processor'));
    process.kill(processor?.pid ?? 0, 'SIGKILL');
    expect(await line.exited).toEqual({ code: 1, signal: null });
    await gone(first.running);

    line = startIn(folder);
    const second = await counting();
    await line.kill('SIGKILL');
    await gone(second.running);
  });
});
