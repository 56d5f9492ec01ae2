import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Exit } from '@tocsin/embedded';
import { PATIENCE_MS } from './until.ts';

// By the package's name: this file runs from its source and from dist.
const TOCSIN = createRequire(import.meta.url).resolve('@tocsin/cli/bin/tocsin.js');

/** A folder for the logs of all services, for whoever looks into a failure. */
const LOGS = process.env.FAULT_LOGS;

/** One line of a service's log. */
export interface LogLine {
  readonly msg: string;
  readonly level: string;
  readonly [field: string]: unknown;
}

/** A `tocsin` process and what it has logged. It ends with the test's own process, however that ends. */
export interface Service {
  readonly pid: number;
  readonly lines: readonly LogLine[];
  readonly exited: Promise<Exit>;
  /** The first line that matches, of those from `from` on; waits for it until the process ends. */
  line(
    what: string,
    matches: (line: LogLine) => boolean,
    from?: number,
    timeoutMs?: number,
  ): Promise<LogLine>;
  /** Resolves once the process is over. */
  kill(signal?: 'SIGKILL' | 'SIGTERM'): Promise<Exit>;
  /** SIGSTOP and SIGCONT, which leave it alive. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void;
}

export type Env = Readonly<Record<string, string>>;

/** Starts a command of the command line in a process of its own. */
export function startService(args: readonly string[], env: Env): Service {
  const child = start(args, env);
  const lines: LogLine[] = [];
  const errors: string[] = [];
  const waiting = new Set<() => void>();
  let ended: Exit | null = null;
  const wake = () => {
    for (const look of [...waiting]) look();
  };

  createInterface({ input: child.stdout! }).on('line', (text) => {
    lines.push(parse(text));
    if (LOGS) appendFileSync(join(LOGS, `${args[0]}-${child.pid}.log`), `${text}\n`);
    wake();
  });
  createInterface({ input: child.stderr! }).on('line', (text) => errors.push(text));
  const exited = new Promise<Exit>((resolve) => {
    child.once('close', (code, signal) => {
      ended = { code, signal };
      resolve(ended);
      wake();
    });
  });

  const tail = () => [...lines.slice(-8).map((line) => JSON.stringify(line)), ...errors.slice(-8)].join('\n');

  return {
    pid: child.pid!,
    lines,
    exited,
    line: (what, matches, from = 0, timeoutMs = PATIENCE_MS) =>
      new Promise((resolve, reject) => {
        let seen = from;
        const settle = (act: () => void) => {
          clearTimeout(timer);
          waiting.delete(look);
          act();
        };
        const look = () => {
          for (; seen < lines.length; seen++) {
            const line = lines[seen] as LogLine;
            if (matches(line)) return settle(() => resolve(line));
          }
          if (ended) settle(() => reject(new Error(`${args[0]} ended before ${what}:\n${tail()}`)));
        };
        const timer = setTimeout(
          () => settle(() => reject(new Error(`${args[0]}: no ${what} in ${timeoutMs} ms:\n${tail()}`))),
          timeoutMs,
        );
        waiting.add(look);
        look();
      }),
    kill(signal = 'SIGKILL') {
      child.kill(signal);
      // A stopped process takes no SIGTERM before it goes on.
      if (signal === 'SIGTERM') child.kill('SIGCONT');
      return exited;
    },
    signal: (signal) => void child.kill(signal),
  };
}

/** Runs a command to its end and gives what it printed. */
export async function tocsin(
  args: readonly string[],
  env: Env,
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = start(args, env);
  const collect = (stream: NodeJS.ReadableStream) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    return () => Buffer.concat(chunks).toString();
  };
  const [stdout, stderr] = [collect(child.stdout!), collect(child.stderr!)];
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  return { code, stdout: stdout(), stderr: stderr() };
}

/** The channel is what ends the process when ours is gone. */
function start(args: readonly string[], env: Env): ChildProcess {
  return spawn(process.execPath, [TOCSIN, ...args], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { PATH: process.env.PATH ?? '', ...env },
  });
}

function parse(text: string): LogLine {
  try {
    return JSON.parse(text) as LogLine;
  } catch {
    return { msg: text, level: 'raw' };
  }
}
