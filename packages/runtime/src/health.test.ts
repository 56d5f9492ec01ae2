import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHealthServer, type HealthServer } from './health.ts';
import { createLogger } from './logger.ts';

const log = createLogger({ level: 'silent', name: 'test' });
const registry = { contentType: 'text/plain; version=0.0.4', metrics: async () => 'up 1\n' };

describe('health server', () => {
  let reason: string | null = 'group not joined';
  let server: HealthServer;

  beforeEach(async () => {
    const broken = () => {
      if (reason !== null) throw new Error('no answer');
      return null;
    };
    server = createHealthServer({
      log,
      port: 0,
      registry,
      ready: { kafka: () => reason, clickhouse: broken },
    });
    await server.start?.();
  });
  afterEach(() => server.stop?.());

  it('listens on the loopback address at the port it says', () => {
    expect(server.address()).toMatch(/^http:\/\/127\.0\.0\.1:[1-9]\d+$/);
  });

  it('gives metrics with their content type', async () => {
    const response = await fetch(`${server.address()}/metrics`);
    expect(response.headers.get('content-type')).toContain('version=0.0.4');
    expect(await response.text()).toBe('up 1\n');
  });

  it('is not ready, with reasons, until every check passes', async () => {
    const before = await fetch(`${server.address()}/readyz`);
    expect(before.status).toBe(503);
    expect(await before.json()).toEqual({
      ok: false,
      reasons: { kafka: 'group not joined', clickhouse: 'no answer' },
    });
    reason = null;
    const after = await fetch(`${server.address()}/readyz`);
    expect([after.status, await after.json()]).toEqual([200, { ok: true, reasons: {} }]);
  });

  it('is healthy, and knows no other paths', async () => {
    expect((await fetch(`${server.address()}/healthz`)).status).toBe(200);
    expect((await fetch(`${server.address()}/x`)).status).toBe(404);
  });
});
