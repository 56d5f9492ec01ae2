import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Api, startApi } from '../support/api.ts';
import { type Engine, startEngine } from '../support/fresh-store.ts';
import { pythonWith } from '../support/python-environment.ts';
import { feedBlocks, makeBlock } from '../support/store-feed.ts';

const SEED = '34';
/** Requests of each route that are drawn. */
const DRAWN = '5';
const python = pythonWith(['schemathesis==4.32.5']);

let engine: Engine;
let api: Api;
/** Of nobody who is here: what it leaves behind goes with it. */
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tocsin-schemathesis-'));
  engine = await startEngine();
  const store = await engine.freshStore();
  // Few rows: it is the requests that are many.
  await feedBlocks(store, makeBlock(0, 0, [Date.UTC(2020, 4, 1) / 1000], 200));
  api = await startApi(store);
});
afterAll(async () => {
  await api?.stop();
  await engine?.stop();
  await rm(folder, { recursive: true, force: true });
});

function schemathesis(token: string, phases: string): Promise<{ code: number; text: string }> {
  const checks = [
    ...['not_a_server_error', 'status_code_conformance', 'content_type_conformance'],
    ...['response_headers_conformance', 'response_schema_conformance', 'ignored_auth', 'unsupported_method'],
  ].join();
  const args = [
    ...[
      '-m',
      'schemathesis.cli',
      'run',
      `${api.url}/v1/openapi.json`,
      '--header',
      `Authorization: Bearer ${token}`,
    ],
    ...['--seed', SEED, '--generation-deterministic', '--max-examples', DRAWN, '--checks', checks],
    ...['--phases', phases, '--no-color', '--suppress-health-check', 'all'],
  ];
  return new Promise((resolve) => {
    const options = { cwd: folder, maxBuffer: 64 * 1024 * 1024 };
    execFile(python!, args, options, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code ?? 1) : 0, text: stdout + stderr }),
    );
  });
}

describe.skipIf(python === null)('schemathesis', () => {
  it.each([
    ['operations', undefined, 'examples,coverage,fuzzing'],
    // At the edges of its fields a route refuses the same, whoever asks.
    ['supplier', 'sup-01', 'examples,fuzzing'],
  ])(
    'draws no fault of ours and nothing that is not declared, for %s',
    async (role, party, phases) => {
      const { code, text } = await schemathesis(await api.token(role, party), phases);
      expect(text).toContain('27 selected');
      expect(code, text.slice(-8000)).toBe(0);
    },
    600_000,
  );
});
