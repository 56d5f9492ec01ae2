import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createStore, MigrationError, migrate, RETRYABLE_CODES } from '@tocsin/clickhouse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Engine, startEngine } from '../support/fresh-store.ts';

let engine: Engine;
let folder: string;

beforeAll(async () => {
  engine = await startEngine();
  folder = await mkdtemp(join(tmpdir(), 'tocsin-migrations-'));
  const source = new URL('../../packages/clickhouse/migrations/', import.meta.url);
  await cp(source, folder, { recursive: true });
});

afterAll(async () => {
  await engine.stop();
  await rm(folder, { recursive: true });
});

describe('migrate', () => {
  it('makes the schema once, in order, and has nothing to do afterwards', async () => {
    const connection = { url: engine.url, database: 'once' };
    const names = (await migrate(connection)).map(({ name }) => name);
    expect(names).toEqual((await readdir(folder)).filter((name) => name.endsWith('.sql')).sort());
    expect(await migrate(connection)).toEqual([]);
    const store = createStore(connection);
    const recorded = await store.rows<{ name: string }>('SELECT name FROM migrations ORDER BY name');
    await store.close();
    expect(recorded.map(({ name }) => name)).toEqual(names);
  });

  it('is safe when several services run it at the same moment', async () => {
    const connection = { url: engine.url, database: 'together' };
    await Promise.all(Array.from({ length: 5 }, () => migrate(connection)));
    expect(await migrate(connection)).toEqual([]);
  });

  it('names a file that was changed after it was applied', async () => {
    const connection = { url: engine.url, database: 'changed' };
    const directory = pathToFileURL(`${folder}/`);
    await migrate(connection, { directory });
    const file = join(folder, '002-blocks.sql');
    await writeFile(file, `${await readFile(file, 'utf8')}\n-- afterthought`);
    const failure = await migrate(connection, { directory }).catch((error) => error);
    expect(failure).toBeInstanceOf(MigrationError);
    expect(failure.message).toMatch(/^002-blocks\.sql was changed after it was applied at 20/);
  });

  it('refuses another engine than the tables were made with', async () => {
    const connection = { url: engine.url, database: 'other' };
    await migrate(connection);
    await expect(migrate(connection, { engine: 'ReplicatedMergeTree', cluster: '' })).rejects.toThrow(
      /was applied with engine "MergeTree"; "ReplicatedMergeTree" was asked for/,
    );
  });
});

describe('codes of errors that may pass', () => {
  it("are the server's own", async () => {
    const store = createStore({ url: engine.url, database: 'default' });
    const codes = [...RETRYABLE_CODES.keys()];
    const [row] = await store.rows<{ names: string[] }>(
      'SELECT arrayMap(code -> errorCodeToName(code), {codes:Array(UInt32)}) AS names',
      { codes },
    );
    await store.close();
    expect(row!.names).toEqual([...RETRYABLE_CODES.values()]);
  });
});
