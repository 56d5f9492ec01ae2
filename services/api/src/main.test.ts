import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { expect, it } from 'vitest';
import { run } from './main.ts';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

async function connected(port: number) {
  for (;;) {
    const socket = connect(port, '127.0.0.1');
    const there = await once(socket, 'connect').catch(() => null);
    if (there) return socket;
  }
}

// Node itself looks for requests that take too long every half minute.
it('told to stop, it ends although a client does not come to the end of its request', {
  timeout: 20_000,
}, async () => {
  const port = await freePort();
  const controller = new AbortController();
  const env = {
    ...{ CLICKHOUSE_URL: 'http://127.0.0.1:1', API_PORT: String(port), METRICS_PORT: '0' },
    ...{ LOG_LEVEL: 'fatal', API_TOKEN: 'a-token-of-this-test' },
  };
  const ended = run(env, controller.signal);
  const socket = await connected(port);
  socket.on('error', () => {});
  socket.write(
    'PUT /v1/session HTTP/1.1\r\nHost: 127.0.0.1\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n',
  );
  const [begun] = await once(socket, 'data');
  expect(String(begun)).toContain('100 Continue');
  controller.abort('SIGTERM');
  expect(await ended).toBe(0);
});
