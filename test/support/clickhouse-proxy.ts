import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Between which instants a request is held: not forwarded yet, or carried out and not answered yet. */
export type HoldAt = 'before' | 'after';

interface Held {
  /** The statement, in whole when it stood in the address, else its beginning. */
  readonly statement: string;
  /** Lets it go on, whether or not its sender still lives. Resolves once ClickHouse has answered. */
  release(): Promise<void>;
}

export interface ClickHouseProxy {
  readonly url: string;
  /** Resolves with the first request from now on whose statement and database match, held at that instant. */
  hold(at: HoldAt, matches: (statement: string, database: string) => boolean): Promise<Held>;
  close(): Promise<void>;
}

interface Trap {
  readonly at: HoldAt;
  readonly matches: (statement: string, database: string) => boolean;
  readonly caught: (held: Held) => void;
}

/** ClickHouse's HTTP interface, with a hand on each request. */
export async function startClickHouseProxy(target: string): Promise<ClickHouseProxy> {
  const traps = new Set<Trap>();

  async function serve(from: IncomingMessage, to: ServerResponse): Promise<void> {
    const body: Buffer[] = [];
    for await (const chunk of from) body.push(chunk as Buffer);
    const { searchParams } = new URL(from.url ?? '/', target);
    const statement = searchParams.get('query') ?? body[0]?.subarray(0, 4096).toString() ?? '';
    const trap = [...traps].find(({ matches }) => matches(statement, searchParams.get('database') ?? ''));
    if (trap) traps.delete(trap);

    let answered = () => {};
    const answer = new Promise<void>((resolve) => {
      answered = resolve;
    });
    const held = () =>
      new Promise<void>((go) => {
        trap?.caught({
          statement,
          release() {
            go();
            return answer;
          },
        });
      });
    if (trap?.at === 'before') await held();
    try {
      const { status, headers, bytes } = await forward(target, from, Buffer.concat(body));
      if (trap?.at === 'after') await held();
      to.writeHead(status, headers).end(bytes);
    } catch {
      // What ClickHouse does to its connections, ours do to theirs.
      to.destroy();
    } finally {
      answered();
    }
  }

  const server = createServer((from, to) => void serve(from, to).catch(() => to.destroy()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    hold: (at, matches) => new Promise((caught) => traps.add({ at, matches, caught })),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly bytes: Buffer;
}

function forward(target: string, from: IncomingMessage, body: Buffer): Promise<Answer> {
  const { 'transfer-encoding': _, ...headers } = from.headers;
  return new Promise((resolve, reject) => {
    const onward = request(new URL(from.url ?? '/', target), {
      method: from.method,
      headers: { ...headers, 'content-length': body.length },
    });
    onward.once('error', reject).once('response', async (response) => {
      try {
        const bytes: Buffer[] = [];
        for await (const chunk of response) bytes.push(chunk as Buffer);
        const { 'transfer-encoding': _, ...headers } = response.headers;
        resolve({ status: response.statusCode ?? 502, headers, bytes: Buffer.concat(bytes) });
      } catch (error) {
        reject(error);
      }
    });
    onward.end(body);
  });
}
