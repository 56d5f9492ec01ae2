import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { supervise } from './supervise.ts';
import { waitUntilReady } from './wait-until-ready.ts';

let folder: string;
let log: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-wait-'));
  log = join(folder, 'engine.log');
  writeFileSync(log, 'it begins\n');
});
afterEach(() => rmSync(folder, { recursive: true }));

const never = async () => false;
const engine = (script: string) => supervise('/bin/sh', ['-c', script], log, process.env);

test('an engine that does not answer in time is ended, and told as that', async () => {
  const slow = engine('exec sleep 60');
  await expect(waitUntilReady('It', slow, log, never, { timeoutMs: 50 })).rejects.toThrow(
    /^It did not answer within 0.05 s\. The end of .*:\nit begins$/,
  );
  expect(await slow.exited).toMatchObject({ code: null });
});

test('an engine that ends by itself is told as that, with the end of its log', async () => {
  await expect(waitUntilReady('It', engine('echo out of luck; exit 3'), log, never)).rejects.toThrow(
    /^It ended at start \(exit code 3\)\. The end of .*:\nit begins\nout of luck$/,
  );
});
