import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { MANIFEST } from '@tocsin/answers';
import { type Store, storeRegistry } from '@tocsin/clickhouse';
import { loadRegistry, rowsOf, shippedRegistry } from '@tocsin/registry';
import { parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { csvRows } from '../support/exports.ts';
import { type Engine, startEngine } from '../support/fresh-store.ts';
import { feedBlocks, makeBlock } from '../support/store-feed.ts';

const TOCSIN = fileURLToPath(new URL('../../packages/cli/bin/tocsin.js', import.meta.url));
const PERIOD = ['--from', '2026-06-08', '--to', '2026-06-09'];

let engine: Engine;
let store: Store;
let folder: string;

beforeAll(async () => {
  engine = await startEngine();
  store = await engine.freshStore();
  const { version, files } = loadRegistry(shippedRegistry(), { shiftWeeks: 0 });
  await storeRegistry(store, version, rowsOf(files));
  await feedBlocks(store, makeBlock(0, 0, [Date.UTC(2026, 5, 8) / 1000], 200));
});
afterAll(() => engine.stop());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tocsin-export-'));
});
afterEach(() => rm(folder, { recursive: true }));

function tocsin(name: string, file: string, ...args: string[]) {
  const env = {
    ...{ PATH: process.env.PATH ?? '', CLICKHOUSE_URL: engine.url, CLICKHOUSE_DATABASE: store.database },
  };
  return promisify(execFile)(process.execPath, [TOCSIN, 'export', name, join(folder, file), ...args], {
    env,
  }).then(
    ({ stdout }) => ({ code: 0, stdout, stderr: '' }),
    ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
  );
}

it.each(['suppression', 'volume'])(
  '%s is written whole, with its manifest, as CSV and Parquet',
  async (name) => {
    const by = name === 'volume' ? ['--by', 'code,model'] : [];
    for (const ending of ['csv', 'parquet']) {
      const { code, stdout } = await tocsin(
        name,
        `x.${ending}`,
        '--class',
        'red',
        ...PERIOD,
        ...by,
        '--json',
      );
      expect([code, (await readdir(folder)).sort()]).toEqual([0, expect.arrayContaining([`x.${ending}`])]);
      const bytes = await readFile(join(folder, `x.${ending}`));
      const manifest = MANIFEST.parse(
        JSON.parse(await readFile(join(folder, `x.${ending}.manifest.json`), 'utf8')),
      );
      expect(JSON.parse(stdout)).toEqual(manifest);
      const rows =
        ending === 'csv'
          ? csvRows(bytes)
          : await parquetReadObjects({ file: new Uint8Array(bytes).buffer, compressors });
      expect(rows.length).toBeGreaterThan(5);
      expect(manifest).toMatchObject({
        ...{ rows: rows.length, bytes: bytes.length, class: 'red', export: name, format: ending },
        sha256: createHash('sha256').update(bytes).digest('hex'),
      });
    }
  },
);

it.each([
  ['x.xlsx', ['--class', 'red'], 'expected a name that ends in .csv or .parquet or .html'],
  ['x.csv', ['--class', 'pink'], '--class pink: expected one of red, amber, green, white'],
  ['x.csv', ['--class', 'red', '--party', ''], 'Expected the id of a party'],
  ['x.csv', ['--class', 'red', '--party', 'sup-1'], '--party sup-1: expected one that the registry has'],
])('%s %j ends with 2 and leaves nothing', async (file, args, expected) => {
  const { code, stderr } = await tocsin('suppression', file, ...PERIOD, ...args);
  expect([code, await readdir(folder)]).toEqual([2, []]);
  expect(stderr).toContain(expected);
});

it('its sums are written as one page, without a manifest', async () => {
  const args = ['--class', 'amber', ...PERIOD, '--json'];
  const { code, stdout } = await tocsin('suppression', 'x.html', ...args);
  expect([code, await readdir(folder)]).toEqual([0, ['x.html']]);
  const { rows, tables } = JSON.parse(stdout);
  expect(tables.map(({ column }: { column: string }) => column)).toEqual([
    ...['code', 'responsible-party', 'obstacle'],
  ]);
  const html = await readFile(join(folder, 'x.html'), 'utf8');
  expect(html).toContain(`sums of the ${rows} rows of the whole file`);
  expect(html).not.toMatch(/<script|<link|<img|\ssrc=/);
});

it('what may not be made ends with 1 and leaves nothing', async () => {
  const args = [...PERIOD, '--class', 'white', '--party', 'sup-01'];
  const { code, stderr } = await tocsin('suppression', 'x.csv', ...args);
  expect([code, await readdir(folder)]).toEqual([1, []]);
  expect(stderr).toContain('white is of the whole nation');
});
