import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from './logger.ts';
import type { Part } from './service.ts';

/** Null when all is well, otherwise the reason in words. */
export type Check = () => string | null | Promise<string | null>;

/** Where the health server listens, and what it tells. */
export interface HealthOptions {
  readonly log: Logger;
  /** 0 takes a free port; `address()` knows which. */
  readonly port: number;
  readonly host?: string;
  /** A prom-client registry. */
  readonly registry: { readonly contentType: string; metrics(): Promise<string> };
  /** By name; any reason given makes `/readyz` 503. */
  readonly ready?: Readonly<Record<string, Check>>;
  /** By name; any reason given makes `/healthz` 503: the process should be restarted. */
  readonly healthy?: Readonly<Record<string, Check>>;
}

/** A part that listens once it is started; its start rejects where the port is taken. */
export interface HealthServer extends Part {
  /** `http://127.0.0.1:9464`, once started. */
  address(): string;
}

/** `/metrics`, `/healthz` and `/readyz`, on the loopback address unless told otherwise. */
export function createHealthServer(options: HealthOptions): HealthServer {
  const { log, port, host = '127.0.0.1', registry, ready = {}, healthy = {} } = options;
  let address = '';

  const server: Server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?', 1)[0];
    answer(path ?? '/', response).catch((error) => {
      log.error({ err: error, path }, 'health request failed');
      send(response, 500, 'application/json', JSON.stringify({ error: String(error) }));
    });
  });

  async function answer(path: string, response: ServerResponse): Promise<void> {
    if (path === '/metrics') return send(response, 200, registry.contentType, await registry.metrics());
    if (path === '/healthz') return sendChecks(response, healthy);
    if (path === '/readyz') return sendChecks(response, ready);
    send(response, 404, 'application/json', '{"error":"try /metrics, /healthz or /readyz"}');
  }

  return {
    name: 'health',
    address: () => address,
    async start() {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject).listen(port, host, resolve);
      });
      address = `http://${host.includes(':') ? `[${host}]` : host}:${(server.address() as AddressInfo).port}`;
      log.info({ address }, 'health server listens');
    },
    async stop() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function sendChecks(response: ServerResponse, checks: Readonly<Record<string, Check>>): Promise<void> {
  const answers = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => [name, await reasonOf(check)] as const),
  );
  const reasons = Object.fromEntries(answers.filter(([, reason]) => reason !== null));
  const ok = Object.keys(reasons).length === 0;
  send(response, ok ? 200 : 503, 'application/json', JSON.stringify({ ok, reasons }));
}

async function reasonOf(check: Check): Promise<string | null> {
  try {
    return await check();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  if (!response.headersSent) response.writeHead(status, { 'content-type': type });
  response.end(body);
}
