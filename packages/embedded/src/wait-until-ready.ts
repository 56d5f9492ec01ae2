import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { Supervised } from './supervise.ts';

/**
 * Asks `ready` until it says yes.
 * @throws Error with the end of the engine's log when the process ends first, or after `timeoutMs`.
 */
export async function waitUntilReady(
  name: string,
  engine: Supervised,
  log: string,
  ready: () => Promise<boolean>,
  { timeoutMs = 180_000, signal }: { timeoutMs?: number; signal?: AbortSignal | undefined } = {},
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  let ended = '';
  // The first reason is the reason: stopping the engine for another one ends it as well.
  const end = (reason: string) => (ended ||= reason);
  engine.exited.then(
    ({ code, signal }) => end(`ended at start (${signal ?? `exit code ${code}`})`),
    (error: Error) => end(`could not be started: ${error.message}`),
  );
  for (;;) {
    if (!ended && (await ready())) return;
    if (signal?.aborted) end('was aborted at start');
    if (Date.now() > deadline) end(`did not answer within ${timeoutMs / 1000} s`);
    if (ended) {
      await engine.stop(0).catch(() => {});
      throw new Error(`${name} ${ended}. The end of ${log}:\n${tail(log)}`);
    }
    await delay(25);
  }
}

function tail(file: string): string {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-20).join('\n');
}
