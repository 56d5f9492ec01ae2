import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createStore, migrate, type Store } from '@tocsin/clickhouse';
import { type ClickHouse, startClickHouse } from '@tocsin/embedded';

export interface Engine {
  url: string;
  pid: number;
  port: number;
  dataDir: string;
  /** A migrated database that nothing else uses. */
  freshStore(): Promise<Store>;
  /** Takes all rows out of such a database, and what it remembers of inserts: its migrations take a hundred times as long. */
  empty(store: Store): Promise<void>;
  /** Keeps what such a database has. @returns makes it so again, in less than what one of its answers takes */
  keep(store: Store): Promise<() => Promise<void>>;
  stop(): Promise<void>;
}

/** An embedded ClickHouse in a temporary folder, which `stop` removes with the engine and all its stores. */
export async function startEngine(): Promise<Engine> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tocsin-store-'));
  const engine: ClickHouse = await startClickHouse({ dataDir });
  const stores: Store[] = [];
  let keeps = 0;
  const empty = (store: Store) =>
    store.command(`TRUNCATE TABLES FROM ${store.database} NOT LIKE 'migrations'`);
  return {
    url: engine.url,
    pid: engine.pid,
    port: engine.port,
    dataDir,
    async freshStore() {
      const database = `store_${stores.length}`;
      await migrate({ url: engine.url, database });
      const store = createStore({ url: engine.url, database });
      stores.push(store);
      return store;
    },
    empty,
    async keep(store) {
      const kept = `kept_${keeps++}`;
      const tables = await store.rows<{ name: string }>(
        `SELECT name FROM system.tables WHERE database = '${store.database}' AND total_rows > 0 AND name != 'migrations'`,
      );
      const copy = (from: string, to: string) =>
        Promise.all(
          tables.map(({ name }) =>
            store.command(`ALTER TABLE ${to}.${name} ATTACH PARTITION ALL FROM ${from}.${name}`),
          ),
        );
      await store.command(`CREATE DATABASE ${kept}`);
      for (const { name } of tables)
        await store.command(`CREATE TABLE ${kept}.${name} AS ${store.database}.${name}`);
      await copy(store.database, kept);
      return async () => {
        await empty(store);
        await copy(kept, store.database);
      };
    },
    async stop() {
      for (const store of stores) await store.close();
      await engine.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
