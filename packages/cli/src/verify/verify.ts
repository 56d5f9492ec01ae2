import { alertStore, createStore, inventoryStore, type StoreReport, verifyStore } from '@tocsin/clickhouse';
import type { LogDifference } from '@tocsin/delivery';
import { type Admin, committedOffsets, connectKafka } from '@tocsin/kafka';
import type { readVerifyConfig } from '../config.ts';
import { progressBar } from '../progress-bar.ts';
import { judgeLog, type TopicProof } from './judge-log.ts';

/** What the proof found: the store against itself, and the ledgers against Kafka unless that was left out. */
export interface Proof {
  readonly ok: boolean;
  readonly store: StoreReport;
  readonly log: {
    /** Of the alerts and of the inventory; a topic that isn't there and was never counted is left out. */
    readonly topics: readonly TopicProof[];
    /** Records that Kafka has and the ledgers do not have yet. */
    readonly behind: number;
    readonly differences: readonly LogDifference[];
  } | null;
}

type Options = ReturnType<typeof readVerifyConfig>;

export async function verify(options: Options): Promise<Proof> {
  const store = createStore(options.connection);
  const bar = progressBar({ unit: 'parts of the proof' });
  try {
    const { brokers } = options;
    if (!brokers) {
      const report = await verifyStore(store, { reached: bar.show });
      return { ok: report.ok, store: report, log: null };
    }
    const admin = connectKafka({ brokers, clientId: 'tocsin-verify' }).admin();
    await admin.connect();
    try {
      // Commits first and the logs last: the ledgers grow in between, so none can be ahead of its own by chance.
      const alerts = await committed(admin, options.alerts);
      const inventory = await committed(admin, options.inventory);
      const report = await verifyStore(store, { reached: bar.show });
      const judged = [
        await judgeLog(admin, alertStore(store), alerts, report.partitions),
        await judgeLog(admin, inventoryStore(store), inventory, report.inventory.partitions),
      ];
      const topics = judged.filter((topic) => topic !== null);
      const differences = topics.flatMap((topic) => topic.differences);
      const behind = topics.reduce((sum, topic) => sum + topic.behind, 0);
      return {
        ok: report.ok && differences.length === 0,
        store: report,
        log: { topics, behind, differences },
      };
    } finally {
      await admin.disconnect();
    }
  } finally {
    bar.end();
    await store.close();
  }
}

/** A topic with what its group committed; null where there is no such topic. */
async function committed(admin: Admin, source: Options['alerts']) {
  const there = (await admin.listTopics()).includes(source.topic);
  return { ...source, commits: there ? await committedOffsets(admin, source.topic, source.groupId) : null };
}
