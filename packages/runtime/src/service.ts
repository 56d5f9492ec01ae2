import type { Logger } from './logger.ts';

/** One thing that a service starts and stops. Parts start in order and stop in reverse. */
export interface Part {
  readonly name: string;
  start?(): Promise<void> | void;
  /** Settles when the part ends by itself: resolved, its work is done; rejected, it has failed. */
  done?(): Promise<void>;
  /** Called once, also when `start` has not come to its end. */
  stop?(): Promise<void> | void;
}

/** What a service consists of, and when it ends. */
export interface ServiceOptions {
  readonly parts: readonly Part[];
  readonly log: Logger;
  /** Aborted: stop gracefully. */
  readonly signal: AbortSignal;
  /** How long all stops together may take, in milliseconds. */
  readonly stopTimeoutMs?: number;
}

/** Runs the parts until the signal, the end of a part or a failure; returns the exit code. */
export async function runService(options: ServiceOptions): Promise<number> {
  const { parts, log, signal, stopTimeoutMs = 30_000 } = options;
  const begun: Part[] = [];
  let code = 0;
  try {
    await untilAborted(signal, async () => {
      for (const part of parts) {
        if (signal.aborted) return;
        begun.push(part);
        await part.start?.();
      }
      log.info({ parts: parts.map((part) => part.name) }, 'started');
      await new Promise<void>((resolve, reject) => {
        for (const part of parts) part.done?.().then(resolve, reject);
      });
    });
  } catch (error) {
    code = 1;
    log.fatal({ err: error }, 'failed');
  }
  log.info({ because: signal.aborted ? String(signal.reason) : code === 0 ? 'done' : 'failure' }, 'stopping');
  return (await stopInReverse(begun, log, stopTimeoutMs)) ? code : 1;
}

function untilAborted(signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
    work().then(resolve, reject);
  });
}

async function stopInReverse(parts: readonly Part[], log: Logger, limitMs: number): Promise<boolean> {
  let clean = true;
  let stopping: string | null = null;
  const all = (async () => {
    for (const part of parts.toReversed()) {
      stopping = part.name;
      try {
        await part.stop?.();
      } catch (error) {
        clean = false;
        log.error({ part: part.name, err: error }, 'stop failed');
      }
    }
    stopping = null;
  })();
  let timer: NodeJS.Timeout | undefined;
  await Promise.race([all, new Promise((resolve) => (timer = setTimeout(resolve, limitMs)))]);
  clearTimeout(timer);
  if (stopping !== null) log.error({ part: stopping, limitMs }, 'did not stop in time');
  else log.info('stopped');
  return clean && stopping === null;
}

// npm passes on to its child the Ctrl-C that the terminal has sent to both.
const SAME_SIGNAL_MS = 500;

/** Aborted by the first SIGTERM or SIGINT; another one, not the same come twice, ends the process at once. */
export function untilSignalled(): AbortSignal {
  const controller = new AbortController();
  let first = 0;
  for (const name of ['SIGTERM', 'SIGINT'] as const) {
    process.on(name, () => {
      if (!controller.signal.aborted) {
        first = performance.now();
        controller.abort(name);
      } else if (performance.now() - first > SAME_SIGNAL_MS) {
        process.exit(name === 'SIGINT' ? 130 : 143);
      }
    });
  }
  return controller.signal;
}
