import { execFile } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const SCRIPT = fileURLToPath(new URL('../../deploy/health.js', import.meta.url));
let server: Server;
let status = 200;
let port = 0;

beforeAll(async () => {
  server = createServer(({ url }, response) => {
    response
      .writeHead(url === '/readyz' ? status : 404)
      .end('{"reasons":{"partitions":"halted partitions: 2"}}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const ask = (asked: string) =>
  new Promise<{ code: number; stderr: string }>((resolve) => {
    execFile(process.execPath, [SCRIPT, asked], (error, _, stderr) =>
      resolve({ code: Number(error?.code ?? 0), stderr }),
    );
  });

test('a service that is ready is healthy', async () => {
  status = 200;
  expect(await ask(String(port))).toEqual({ code: 0, stderr: '' });
});

test('one that is not says why', async () => {
  status = 503;
  const { code, stderr } = await ask(String(port));
  expect([code, stderr]).toEqual([1, expect.stringContaining('halted partitions: 2')]);
});

test('one that does not answer is not healthy', async () => {
  expect(await ask('1')).toEqual({ code: 1, stderr: 'nothing answers on 1\n' });
});
