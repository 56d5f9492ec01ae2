import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** An engine that was killed a moment ago may hold its port still. */
const RELEASE_MS = 2000;

/**
 * A TCP port on 127.0.0.1 that nobody listened on at the time of asking. It lies below the range from which
 * systems take ports for outgoing connections, so that none of those gets in between.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_768);
    if (await isFree(port)) return port;
  }
}

/**
 * The port that an engine is to have: the wanted one, else a free one.
 * @throws Error naming the wanted port when somebody listens there
 */
export async function portFor(name: string, wanted?: number): Promise<number> {
  if (wanted === undefined) return freePort();
  for (const deadline = Date.now() + RELEASE_MS; !(await isFree(wanted)); await delay(50))
    if (Date.now() > deadline)
      throw new Error(`${name} can't have port ${wanted} on 127.0.0.1: another process listens there`);
  return wanted;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(false) : reject(error),
    );
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
