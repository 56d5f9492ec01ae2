import { setTimeout as pause } from 'node:timers/promises';
import {
  createStore,
  type ReattributionProgress,
  reattributionProgress,
  requestReattribution,
  type StoreConnection,
} from '@tocsin/clickhouse';
import { progressBar } from './progress-bar.ts';

const POLL_MS = 500;

/** Resolves once the processors have carried the request out, but for sealed days; they are waited for as long as it takes. */
export async function reattribute(
  connection: StoreConnection,
  from: number,
  to: number,
): Promise<ReattributionProgress & { id: string }> {
  const store = createStore(connection);
  const bar = progressBar({ unit: 'days of partitions' });
  try {
    const id = await requestReattribution(store, from, to);
    for (;;) {
      const progress = await reattributionProgress(store, id);
      const { pieces, done, sealed } = progress;
      bar.show(done + sealed, pieces);
      if (done + sealed >= pieces) return { id, ...progress };
      await pause(POLL_MS);
    }
  } finally {
    bar.end();
    await store.close();
  }
}
