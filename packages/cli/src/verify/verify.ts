import { alertStore, createStore, type StoreReport, verifyStore } from '@tocsin/clickhouse';
import { type LogDifference, type PartitionFacts, verifyLog } from '@tocsin/delivery';
import { committedOffsets, connectKafka, streamOf } from '@tocsin/kafka';
import type { readVerifyConfig } from '../config.ts';
import { readLogFacts } from './read-log-facts.ts';

/** What the proof found: the store against itself, and the ledger against Kafka unless that was left out. */
export interface Proof {
  readonly ok: boolean;
  readonly store: StoreReport;
  readonly log: {
    readonly stream: string;
    readonly partitions: readonly PartitionFacts[];
    /** Records that Kafka has and the ledger does not have yet. */
    readonly behind: number;
    readonly differences: readonly LogDifference[];
  } | null;
}

export async function verify(options: ReturnType<typeof readVerifyConfig>): Promise<Proof> {
  const store = createStore(options.connection);
  try {
    if (!options.brokers) {
      const report = await verifyStore(store);
      return { ok: report.ok, store: report, log: null };
    }
    const { topic, groupId, epoch, brokers } = options;
    const admin = connectKafka({ brokers, clientId: 'tocsin-verify' }).admin();
    await admin.connect();
    try {
      const stream = await streamOf(admin, topic, epoch);
      // Commits first and the log last: the ledger grows in between, so neither can be ahead of it by chance.
      const commits = await committedOffsets(admin, topic, groupId);
      const report = await verifyStore(store);
      const partitions = await readLogFacts({ admin, store, topic, stream }, commits, report.partitions);
      const differences = verifyLog(stream, await alertStore(store).streams(topic), partitions);
      const behind = partitions.reduce((sum, { ledger, log }) => sum + log.latest - endOf(ledger, log), 0);
      return {
        ok: report.ok && differences.length === 0,
        store: report,
        log: { stream, partitions, behind, differences },
      };
    } finally {
      await admin.disconnect();
    }
  } finally {
    await store.close();
  }
}

function endOf(ledger: PartitionFacts['ledger'], log: PartitionFacts['log']): number {
  return Math.min(ledger ? ledger.last + 1 : log.earliest, log.latest);
}
