import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import type { Writable } from 'node:stream';

/** How an engine's process ended: exit code or signal, one of them null. */
export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A running engine process. */
export interface Supervised {
  /** The engine's own process id, not a wrapper's. */
  pid: number;
  exited: Promise<Exit>;
  /** SIGTERM, and SIGKILL when the process is still there after `graceMs`. */
  stop(graceMs?: number): Promise<void>;
}

/**
 * The shell becomes the engine (exec keeps its pid), and leaves a watcher behind that reads our end of a
 * pipe: a line means the engine ended before us; end of file means that we are gone, by whatever signal, and
 * the engine must not outlive us.
 */
const WATCHED = '(read -r _ <&3 || kill -KILL $$) >/dev/null 2>&1 & exec "$@" 3<&-';

/**
 * Starts an engine in a process group of its own, with its output in a file.
 * A terminal's Ctrl-C therefore reaches only us, and we stop the engines in order.
 */
export function supervise(command: string, args: string[], log: string, env: NodeJS.ProcessEnv): Supervised {
  const output = openSync(log, 'a');
  const child = spawn('/bin/sh', ['-c', WATCHED, 'sh', command, ...args], {
    stdio: ['ignore', output, output, 'pipe'],
    detached: true,
    env,
  });
  closeSync(output);
  const exited = exitOf(child);
  return {
    pid: child.pid ?? 0,
    exited,
    async stop(graceMs = 10_000) {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
      await exited;
      clearTimeout(timer);
    },
  };
}

function exitOf(child: ChildProcess): Promise<Exit> {
  const lifeline = child.stdio[3] as Writable;
  lifeline.on('error', () => {});
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      lifeline.end('ended\n');
      resolve({ code, signal });
    });
  });
}
