import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createStore, migrate, type Store } from '@tocsin/clickhouse';
import { type ClickHouse, startClickHouse } from '@tocsin/embedded';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/**
 * The users of the stack on the real engine. It reads the very file that a server does, and knows users and grants,
 * but nobody can be one of them: it has no log-in. What a user may do is therefore tried through views that run with
 * their definer's rights.
 */
const FILE = new URL('../../deploy/clickhouse/users.d/tocsin.xml', import.meta.url);
const SECRETS = '/run/secrets/clickhouse_users.xml';
const USERS = ['tocsin_writer', 'tocsin_builder', 'tocsin_api', 'tocsin_reader', 'tocsin_migrator'] as const;
/** SHA-256 of the empty text. */
const HASH = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

let folder: string;
let engine: ClickHouse;
let store: Store;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tocsin-users-'));
  const secrets = join(folder, 'secrets.xml');
  await writeFile(
    secrets,
    `<clickhouse>${USERS.map((user) => `<${user}>${HASH}</${user}>`).join('')}</clickhouse>`,
  );
  // The engine asks as `default`, which a server has not; and what stands between a view and its rows is ours to read.
  const users = (await readFile(FILE, 'utf8'))
    .replace(SECRETS, secrets)
    .replace('<default remove="remove"/>', '')
    .replaceAll('<grants>', '<grants><query>GRANT SELECT ON probe.*</query>');
  await mkdir(join(folder, 'users.d'));
  await writeFile(join(folder, 'users.d', 'tocsin.xml'), users);
  await writeFile(
    join(folder, 'users.xml'),
    `<clickhouse><profiles><default/></profiles><quotas><default/></quotas><users><default>
      <password/><networks><ip>::/0</ip></networks><profile>default</profile><quota>default</quota>
      <access_management>1</access_management></default></users></clickhouse>`,
  );
  const configFile = join(folder, 'config.xml');
  await writeFile(
    configFile,
    `<clickhouse><user_directories><users_xml><path>${join(folder, 'users.xml')}</path></users_xml>
      </user_directories></clickhouse>`,
  );
  engine = await startClickHouse({ dataDir: join(folder, 'data'), configFile });
  await migrate({ url: engine.url });
  store = createStore({ url: engine.url });
  await store.command('CREATE DATABASE probe');
});
afterAll(async () => {
  await store?.close();
  await engine?.stop();
  await rm(folder, { recursive: true, force: true });
});

const tables = async () => {
  const query = `SELECT name FROM system.tables WHERE database = 'tocsin' AND engine LIKE '%MergeTree' ORDER BY name`;
  return (await store.rows<{ name: string }>(query)).map(({ name }) => name);
};

/** Whether the definer's rights are enough. */
async function may(act: () => Promise<unknown>): Promise<boolean> {
  try {
    await act();
    return true;
  } catch (error) {
    expect(String(error)).toMatch(/Not enough privileges|ACCESS_DENIED/);
    return false;
  }
}

async function readable(user: string): Promise<string[]> {
  const found: string[] = [];
  for (const table of await tables()) {
    const view = `probe.${user}_reads_${table}`;
    await store.command(
      `CREATE VIEW ${view} DEFINER = ${user} SQL SECURITY DEFINER AS SELECT count() AS n FROM tocsin.${table}`,
    );
    if (await may(() => store.rows(`SELECT n FROM ${view}`))) found.push(table);
  }
  return found;
}

async function writable(user: string): Promise<string[]> {
  const found: string[] = [];
  for (const table of await tables()) {
    const source = `probe.${user}_for_${table}`;
    await store.command(`CREATE TABLE ${source} AS tocsin.${table} ENGINE = Null`);
    await store.command(
      `CREATE MATERIALIZED VIEW probe.${user}_writes_${table} TO tocsin.${table}
       DEFINER = ${user} SQL SECURITY DEFINER AS SELECT * FROM ${source}`,
    );
    if (await may(() => store.command(`INSERT INTO ${source} FORMAT JSONEachRow {}`))) found.push(table);
  }
  return found;
}

const READS_ALL = ['tocsin_api', 'tocsin_reader', 'tocsin_writer', 'tocsin_builder', 'tocsin_migrator'];
const WRITES: Record<string, readonly string[]> = {
  tocsin_reader: [],
  tocsin_api: ['export_manifests'],
  tocsin_writer: [
    ...['alerts', 'blocks', 'corrections', 'device_history', 'drained', 'inventory_blocks'],
    ...[
      'operator_notes',
      'published_reports',
      'reattributed',
      'reattributions',
      'redriven',
      'rejected',
      'revisions',
    ],
  ],
  tocsin_builder: [
    ...['answers_kept', 'builds', 'codes', 'components', 'device_days', 'levers', 'load_minutes'],
    ...['migration_pauses', 'parties'],
    ...['registry_versions', 'rollouts', 'rollup_hours', 'sealed', 'sealed_versions'],
  ],
};

describe("the stack's users of the store", () => {
  it('are these, with a hash for a password, and no other', async () => {
    const query = 'SELECT name, auth_type FROM system.users ORDER BY name';
    expect(await store.rows(query)).toEqual([
      expect.objectContaining({ name: 'default' }),
      ...[...USERS].sort().map((name) => ({ name, auth_type: ['sha256_password'] })),
    ]);
    expect(await readFile(FILE, 'utf8')).toContain('<default remove="remove"/>');
  });

  it.each(READS_ALL)('%s reads every table', async (user) => {
    expect(await readable(user)).toEqual(await tables());
  });

  it.each(Object.keys(WRITES))('%s writes its own tables alone', async (user) => {
    expect(await writable(user)).toEqual(WRITES[user]);
  });

  it('delete where they must, and change no schema but by migrations', async () => {
    const query = `SELECT user_name, access_type, groupArray(ifNull(table, '')) AS tables FROM system.grants
      WHERE user_name LIKE 'tocsin_%' AND access_type NOT IN ('SELECT', 'INSERT')
      GROUP BY user_name, access_type ORDER BY user_name, access_type`;
    const rows = await store.rows<{ user_name: string; access_type: string; tables: string[] }>(query);
    const others = rows.filter(({ user_name }) => user_name !== 'tocsin_migrator');
    expect(others).toEqual([
      {
        user_name: 'tocsin_builder',
        access_type: 'ALTER DELETE',
        tables: expect.arrayContaining(['alerts', 'builds', 'rollup_hours']),
      },
    ]);
    expect(new Set(rows.map(({ user_name }) => user_name))).toEqual(
      new Set(['tocsin_builder', 'tocsin_migrator']),
    );
  });

  it('write every table of the store between them but the record of migrations', async () => {
    const written = Object.values(WRITES).flat().sort();
    expect(written).toEqual((await tables()).filter((name) => name !== 'migrations'));
  });
});
