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
  stop(): Promise<void>;
}

/** An embedded ClickHouse in a temporary folder, which `stop` removes with the engine and all its stores. */
export async function startEngine(): Promise<Engine> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tocsin-store-'));
  const engine: ClickHouse = await startClickHouse({ dataDir });
  const stores: Store[] = [];
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
    empty: (store) => store.command(`TRUNCATE TABLES FROM ${store.database} NOT LIKE 'migrations'`),
    async stop() {
      for (const store of stores) await store.close();
      await engine.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
