import { type AddressInfo, createConnection, createServer, type Socket } from 'node:net';
import type { HoldAt } from './clickhouse-proxy.ts';

/** Kafka's numbers of the requests that tests hold. */
export const PRODUCE = 0;
export const OFFSET_COMMIT = 8;

interface HeldFrame {
  /** Lets it go on, whether or not its sender still lives. */
  release(): void;
}

export interface KafkaProxy {
  readonly port: number;
  /** Resolves with the first request from now on that matches, held at that instant. */
  hold(at: HoldAt, matches: (apiKey: number, frame: Buffer) => boolean): Promise<HeldFrame>;
  close(): Promise<void>;
}

interface Trap {
  readonly at: HoldAt;
  readonly matches: (apiKey: number, frame: Buffer) => boolean;
  readonly caught: (held: HeldFrame) => void;
}

/** Kafka's protocol with a hand on each request. The broker must advertise this port, or clients go past it. */
export async function startKafkaProxy(targetPort: () => number): Promise<KafkaProxy> {
  const traps = new Set<Trap>();
  const sockets = new Set<Socket>();

  const held = (trap: Trap) => new Promise<void>((release) => trap.caught({ release }));

  function serve(client: Socket): void {
    const broker = createConnection(targetPort(), '127.0.0.1');
    /** Traps of requests that have gone to the broker, by correlation id. */
    const awaited = new Map<number, Trap>();
    pump(client, broker, async (frame) => {
      const apiKey = frame.readInt16BE(4);
      const trap = [...traps].find(({ matches }) => matches(apiKey, frame));
      if (!trap) return;
      traps.delete(trap);
      if (trap.at === 'before') await held(trap);
      else awaited.set(frame.readInt32BE(8), trap);
    });
    pump(broker, client, async (frame) => {
      const trap = awaited.get(frame.readInt32BE(4));
      if (trap) await held(trap);
    });
    for (const socket of [client, broker]) {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    }
  }

  const server = createServer(serve);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    hold: (at, matches) => new Promise((caught) => traps.add({ at, matches, caught })),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/**
 * Passes frames on in order, each after `inspect`. A held one still goes on after its sender's death, as a
 * request does that was on its way.
 */
function pump(from: Socket, to: Socket, inspect: (frame: Buffer) => Promise<void>): void {
  let rest: Buffer = Buffer.alloc(0);
  let chain: Promise<void> = Promise.resolve();
  from.setNoDelay(true);
  from.on('data', (chunk: Buffer) => {
    rest = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    while (rest.length >= 4 && rest.length >= 4 + rest.readInt32BE(0)) {
      const size = 4 + rest.readInt32BE(0);
      const frame = rest.subarray(0, size);
      rest = rest.subarray(size);
      chain = chain.then(async () => {
        await inspect(frame);
        if (to.writable) to.write(frame);
      });
    }
  });
  from.on('error', () => {});
  from.once('close', () => {
    chain = chain.then(() => void to.end());
  });
}
