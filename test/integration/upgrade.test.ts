import { createReadStream, existsSync, readdirSync, readFileSync } from 'node:fs';
import { copyFile, cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createGunzip } from 'node:zlib';
import {
  buildBuckets,
  createStore,
  fillTable,
  findStaleBuckets,
  listMigrations,
  migrate,
  TARGETS,
  verifyStore,
} from '@tocsin/clickhouse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Engine, startEngine } from '../support/fresh-store.ts';

/** Stores as released versions made them (`npm run freeze -- VERSION`), brought to the present schema. */
const RELEASES = fileURLToPath(new URL('../fixtures/releases/', import.meta.url));
const MIGRATIONS = fileURLToPath(new URL('../../packages/clickhouse/migrations/', import.meta.url));
const AT_ONCE = { graceSeconds: 0, quietSeconds: 0, patienceSeconds: 0 };

interface Release {
  readonly migrations: readonly { name: string; hash: string }[];
  readonly tables: readonly { table: string; columns: readonly string[]; rows: number }[];
}

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine?.stop());

const json = <T>(...path: string[]) => JSON.parse(readFileSync(join(RELEASES, ...path), 'utf8')) as T;
const releases = existsSync(RELEASES) ? readdirSync(RELEASES).sort() : [];

it('there is a release to come from', () => {
  expect(releases.length).toBeGreaterThan(0);
});

describe.each(releases)('from %s', (version) => {
  const { migrations, tables } = json<Release>(version, 'manifest.json');
  const { accepted } = json<{ accepted: { messages: number; alerts: number } }>(version, 'truth.json');
  const database = `release_${version.replaceAll('.', '_')}`;
  const store = () => createStore({ url: engine.url, database });

  it('no migration that was released has changed', async () => {
    const ours = new Map((await listMigrations()).map(({ name, hash }) => [name, hash]));
    expect(migrations.map(({ name }) => [name, ours.get(name)])).toEqual(
      migrations.map(({ name, hash }) => [name, hash]),
    );
  });

  it('its store takes the migrations that came since, and its data stay true', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tocsin-release-'));
    await cp(join(MIGRATIONS, 'fragments'), join(folder, 'fragments'), { recursive: true });
    for (const { name } of migrations) await copyFile(join(MIGRATIONS, name), join(folder, name));
    await migrate({ url: engine.url, database }, { directory: pathToFileURL(`${folder}/`) });
    await rm(folder, { recursive: true });
    const released = store();
    for (const { table, columns, rows } of tables) {
      const body = createReadStream(join(RELEASES, version, `${table}.tsv.gz`)).pipe(createGunzip());
      if (rows > 0) await fillTable(released, table, columns, body);
    }

    const applied = (await migrate({ url: engine.url, database })).map(({ name }) => name);
    const known = new Set(migrations.map(({ name }) => name));
    expect(applied).toEqual(
      (await listMigrations()).map(({ name }) => name).filter((name) => !known.has(name)),
    );
    expect(await verifyStore(released)).toMatchObject({ ok: true, counts: { accepted: accepted.messages } });
    await released.close();
  });

  it('its counts are those of what was fed, from its builds and from new ones', async () => {
    const upgraded = store();
    const total = async () => {
      const [row] = await upgraded.rows<{ alerts: number; devices: number }>(
        `SELECT sum(alerts) AS alerts, uniqMerge(devices_state) AS devices
         FROM alert_volume(from = '2020-01-01 00:00:00', to = '2021-01-01 00:00:00')`,
      );
      return row;
    };
    const before = await total();
    expect(before).toMatchObject({ alerts: accepted.alerts });
    for (const target of TARGETS) {
      await upgraded.command(
        'INSERT INTO builds (target, bucket, version, revision, source_rows, superseded) SELECT target, bucket, version, revision, source_rows, true FROM builds WHERE target = {table:String}',
        {
          table: target.table,
        },
      );
      const stale = await findStaleBuckets(upgraded, target, AT_ONCE);
      expect(stale.length).toBeGreaterThan(0);
      await buildBuckets(
        upgraded,
        target,
        stale.map(({ bucket }) => bucket),
      );
      expect(await findStaleBuckets(upgraded, target, AT_ONCE)).toEqual([]);
    }
    expect(await total()).toEqual(before);
    expect(await verifyStore(upgraded)).toMatchObject({ ok: true });
    await upgraded.close();
  });
});
