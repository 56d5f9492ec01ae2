import { createStore, migrate, type Store } from '@tocsin/clickhouse';

/**
 * Works in a migrated database of its own, and leaves it without merges. It is not dropped: a file system is slow
 * for a while after many files were deleted, and the next contender would pay for it.
 */
export async function inOwnDatabase<T>(
  url: string,
  database: string,
  work: (store: Store) => Promise<T>,
): Promise<T> {
  await migrate({ url, database });
  const store = createStore({ url, database });
  try {
    return await work(store);
  } finally {
    const tables = await store.rows<{ name: string }>(
      "SELECT name FROM system.tables WHERE database = currentDatabase() AND engine LIKE '%MergeTree'",
    );
    for (const { name } of tables) await store.command(`SYSTEM STOP MERGES ${name}`);
    await store.close();
  }
}
