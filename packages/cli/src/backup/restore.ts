import {
  BACKUP_TABLES,
  countTables,
  createStore,
  fillTable,
  listMigrations,
  migrate,
  type Store,
} from '@tocsin/clickhouse';
import { type Admin, connectKafka, hasMembers, setCommits } from '@tocsin/kafka';
import type { readRestoreConfig } from '../config.ts';
import { CliError } from '../errors.ts';
import { progressBar } from '../progress-bar.ts';
import { fileOf, type Manifest, readManifest } from './manifest.ts';
import { hashOf, readFileOf } from './table-files.ts';

export type RestoreOptions = ReturnType<typeof readRestoreConfig>;

export interface Restored {
  readonly tables: number;
  readonly rows: number;
  /** Whether Kafka's commits were set back; not where it is another cluster, whose offsets mean nothing here. */
  readonly commits: boolean;
}

/**
 * Makes a store anew from a backup: everything that can be wrong is looked for before anything is written.
 * @throws CliError where the backup is harmed or of a newer schema, where a service is at work, or the store is not empty
 */
export async function restore(folder: string, options: RestoreOptions): Promise<Restored> {
  const manifest = await readManifest(folder);
  await checkFiles(folder, manifest);
  await checkSchema(manifest);
  const admin = connectKafka({ brokers: options.brokers, clientId: 'tocsin-restore' }).admin();
  const store = createStore(options.connection);
  try {
    await admin.connect();
    const { clusterId } = await admin.describeCluster();
    const commits = clusterId === manifest.kafka.cluster;
    await checkAtRest(admin, manifest);
    await migrate(options.connection, options.layout);
    await checkEmpty(store);
    await fillTables(store, folder, manifest);
    if (commits) await setBack(admin, manifest);
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
    return { tables: manifest.tables.length, rows, commits };
  } finally {
    await store.close();
    await admin.disconnect();
  }
}

async function checkFiles(folder: string, { tables }: Manifest): Promise<void> {
  for (const { table, sha256 } of tables) {
    const path = fileOf(folder, table);
    const found = await hashOf(path).catch((error: NodeJS.ErrnoException) => {
      throw new CliError(`${path} can not be read (${error.code})`);
    });
    if (found !== sha256) throw new CliError(`${path} is not as it was written: its hash is ${found}`);
  }
}

/** Rows of a schema that this version does not know would lose what is new in them. */
async function checkSchema({ migrations }: Manifest): Promise<void> {
  const ours = new Map((await listMigrations()).map(({ name, hash }) => [name, hash]));
  const strange = migrations.filter(({ name, hash }) => ours.get(name) !== hash).map(({ name }) => name);
  if (strange.length > 0)
    throw new CliError(`the backup is of another schema: this version does not have ${strange.join(', ')}`);
}

async function checkAtRest(admin: Admin, { kafka }: Manifest): Promise<void> {
  for (const { groupId } of kafka.groups)
    if (await hasMembers(admin, groupId))
      throw new CliError(`somebody is at work as ${groupId}: stop all services first`);
}

async function checkEmpty(store: Store): Promise<void> {
  const filled = (await countTables(store, BACKUP_TABLES)).filter(({ rows }) => rows > 0);
  if (filled.length > 0)
    throw new CliError(
      `the database ${store.database} is not empty (${filled.map(({ table }) => table).join(', ')}): ` +
        'a backup is restored into one that is, or is not there',
    );
}

async function fillTables(store: Store, folder: string, { tables }: Manifest): Promise<void> {
  const bar = progressBar({ unit: 'tables' });
  try {
    for (const [done, { table, columns, rows }] of tables.entries()) {
      bar.show(done, tables.length);
      if (rows > 0) await fillTable(store, table, columns, readFileOf(fileOf(folder, table)));
    }
  } finally {
    bar.end();
  }
  const written = new Map(tables.map(({ table, rows }) => [table as string, rows]));
  const wrong = (await countTables(store, BACKUP_TABLES)).filter(({ table, rows, replacing }) =>
    replacing ? rows > (written.get(table) ?? 0) : rows !== (written.get(table) ?? 0),
  );
  if (wrong.length > 0)
    throw new CliError(
      `not all rows arrived: ${wrong.map(({ table, rows }) => `${rows} in ${table}`).join(', ')}`,
    );
}

async function setBack(admin: Admin, { kafka }: Manifest): Promise<void> {
  const there = await admin.listTopics();
  for (const { topic, groupId, commits } of kafka.groups)
    if (there.includes(topic)) await setCommits(admin, topic, groupId, new Map(commits));
}
