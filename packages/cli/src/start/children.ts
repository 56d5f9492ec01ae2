import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const TOCSIN = fileURLToPath(new URL('../../bin/tocsin.js', import.meta.url));
const KEPT_LINES = 20;
const STOP_MS = 30_000;

/** One `tocsin` command running beside us. */
export interface Child {
  readonly name: string;
  /** Why it ended, in words, once it has. */
  readonly ended: Promise<string>;
  /** Where its health server listens, once it has said so. */
  address(): string | null;
  lastLines(): readonly string[];
  stop(): Promise<void>;
}

export interface ChildOptions {
  readonly name: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Folder for `<name>.log`. */
  readonly logs: string;
}

/**
 * Starts a command in a process group of its own, so that Ctrl-C reaches only us and the stop keeps its order.
 * The open channel tells the child when we die without a chance to stop it.
 */
export async function startChild({ name, args, env, logs }: ChildOptions): Promise<Child> {
  await mkdir(logs, { recursive: true });
  const log = createWriteStream(join(logs, `${name}.log`), { flags: 'a' });
  const child: ChildProcess = spawn(process.execPath, [TOCSIN, ...args], {
    env: { ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    detached: true,
  });
  const kept: string[] = [];
  let address: string | null = null;
  for (const stream of [child.stdout!, child.stderr!]) {
    createInterface({ input: stream }).on('line', (line) => {
      log.write(`${line}\n`);
      kept.push(line);
      if (kept.length > KEPT_LINES) kept.shift();
      address ??= addressIn(line);
    });
  }
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => {
      log.end();
      resolve(signal === null ? `ended with code ${code}` : `was ended by ${signal}`);
    });
  });
  return {
    name,
    ended,
    address: () => address,
    lastLines: () => kept,
    async stop() {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
      await ended;
      clearTimeout(timer);
    },
  };
}

function addressIn(line: string): string | null {
  return /"address":"(http:\/\/[^"]+)"/.exec(line)?.[1] ?? null;
}
