import { mkdir, readdir } from 'node:fs/promises';
import {
  BACKUP_TABLES,
  countTables,
  createStore,
  readApplied,
  readTable,
  type Store,
} from '@tocsin/clickhouse';
import { type Admin, committedOffsets, connectKafka } from '@tocsin/kafka';
import type { readBackupConfig } from '../config.ts';
import { CliError } from '../errors.ts';
import { progressBar } from '../progress-bar.ts';
import { fileOf, type GroupCommits, type Manifest, type TableFile, writeManifest } from './manifest.ts';
import { writeFileOf } from './table-files.ts';

export type BackupOptions = ReturnType<typeof readBackupConfig>;

/**
 * Copies the store and what Kafka has as its groups' commits into a folder, while the line runs (BACKUP_TABLES says why
 * that is sound). The messages themselves stay Kafka's.
 * @throws CliError where the folder has something in it, or where days were sealed meanwhile
 */
export async function backup(folder: string, options: BackupOptions): Promise<Manifest> {
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length > 0) throw new CliError(`${folder} is not empty`);
  const begun = new Date().toISOString();
  const store = createStore(options.connection);
  const admin = connectKafka({ brokers: options.brokers, clientId: 'tocsin-backup' }).admin();
  try {
    await admin.connect();
    const kafka = await readCommits(admin, options);
    const sealed = await countSealed(store);
    const migrations = await readApplied(store);
    const tables = await copyTables(store, folder);
    // Sealing moves the truth from raw rows to a build: half of each would be neither.
    if ((await countSealed(store)) !== sealed)
      throw new CliError(
        'days were sealed meanwhile, so that this is no backup: remove the folder and try again',
      );
    const ended = new Date().toISOString();
    const manifest: Manifest = { version: 1, begun, ended, migrations, kafka, tables };
    await writeManifest(folder, manifest);
    return manifest;
  } finally {
    await admin.disconnect();
    await store.close();
  }
}

async function readCommits(admin: Admin, { alerts, inventory }: BackupOptions): Promise<Manifest['kafka']> {
  const { clusterId } = await admin.describeCluster();
  const there = await admin.listTopics();
  const groups: GroupCommits[] = [];
  for (const { topic, groupId } of [alerts, inventory]) {
    if (!there.includes(topic)) continue;
    const committed = await committedOffsets(admin, topic, groupId);
    const commits = [...committed].flatMap(([partition, { offset }]): [number, number][] =>
      offset === null ? [] : [[partition, offset]],
    );
    groups.push({ topic, groupId, commits });
  }
  return { cluster: clusterId, groups };
}

async function copyTables(store: Store, folder: string): Promise<TableFile[]> {
  const bar = progressBar({ unit: 'tables' });
  const copied: TableFile[] = [];
  try {
    for (const table of BACKUP_TABLES) {
      bar.show(copied.length, BACKUP_TABLES.length);
      const { columns, body } = await readTable(store, table);
      const written = await writeFileOf(fileOf(folder, table), body);
      copied.push({ table, columns: [...columns], rows: body.lines, ...written });
    }
    return copied;
  } finally {
    bar.end();
  }
}

async function countSealed(store: Store): Promise<number> {
  const counts = await countTables(store, ['sealed', 'sealed_versions']);
  return counts.reduce((sum, { rows }) => sum + rows, 0);
}
