import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { supervise } from './supervise.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tocsin-supervise-'));
});
afterEach(() => rm(folder, { recursive: true }));

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

test("its pid is the engine's own, its output goes to the log, its end is told", async () => {
  const log = join(folder, 'log');
  const engine = supervise('/bin/sh', ['-c', 'echo $$; exit 3'], log, process.env);
  expect(await engine.exited).toEqual({ code: 3, signal: null });
  expect(await readFile(log, 'utf8')).toBe(`${engine.pid}\n`);
});

test('what ignores SIGTERM is killed', async () => {
  const log = join(folder, 'log');
  const engine = supervise(
    '/bin/sh',
    ['-c', 'trap "" TERM; echo up; while :; do sleep 0.1; done'],
    log,
    process.env,
  );
  await vi.waitFor(async () => expect(await readFile(log, 'utf8')).toBe('up\n'), { timeout: 10_000 });
  await engine.stop(100);
  expect(await engine.exited).toEqual({ code: null, signal: 'SIGKILL' });
});

test('an engine does not outlive a parent that was killed', async () => {
  const code = `
    const { supervise } = await import(${JSON.stringify(new URL('../dist/supervise.js', import.meta.url).href)});
    console.log(supervise('/bin/sleep', ['1000'], ${JSON.stringify(join(folder, 'log'))}, process.env).pid);
    setInterval(() => {}, 1000);`;
  const parent = spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(parent.stdout, 'data');
  const pid = Number(line);
  expect(alive(pid)).toBe(true);
  parent.kill('SIGKILL');
  await vi.waitFor(() => expect(alive(pid)).toBe(false), { timeout: 10_000 });
});
