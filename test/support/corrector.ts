import { acceptedIds, alertStore, type Rejection, type Store } from '@tocsin/clickhouse';
import { type Block, token } from '@tocsin/delivery';
import type { KafkaMessage } from '@tocsin/kafka';
import {
  blockPreparer,
  createCorrector,
  createDirectoryFeed,
  createSealedDays,
  Meanings,
} from '@tocsin/processor';
import { loadRegistry, shippedRegistry } from '@tocsin/registry';

const PLACE = { stream: 'cluster/alerts/1', partition: 0 };
const DAY_MS = 86_400_000;
const RULES = loadRegistry(shippedRegistry(), { shiftWeeks: 0 }).rules();

/** A processor's way of one partition without Kafka: every step is taken when the test says so. */
export interface Member {
  /** Brings the directory up to date. */
  follow(): Promise<unknown>;
  /** Is assigned the partition, as its next owner. */
  takeOver(): Promise<void>;
  /** Prepares the row of an alert by what the member knows now, and stores it. */
  alert(offset: number, value: object): Promise<void>;
  /** One round of corrections. */
  correct(): Promise<void>;
}

/** @param write the store that corrections are written to, where it is not that which all else is read from and written to */
export async function startMember(store: Store, write = store): Promise<Member> {
  const feed = createDirectoryFeed(store);
  await feed.follow();
  const knowledge = {
    directory: feed.directory,
    meanings: new Meanings(feed.directory, RULES),
    clockBounds: { behind: 7 * DAY_MS, ahead: 3_600_000 },
  };
  const corrector = createCorrector({ store: write, knowledge, feed, compared: () => {} });
  const preparer = blockPreparer(PLACE, {
    futureToleranceMs: 60_000,
    retentionMs: 18_000 * DAY_MS,
    duplicateWindow: 100,
    knowledge,
    sealed: createSealedDays(store),
    takeOver: corrector.takeOver,
    acceptedIds: (place, from, to) => acceptedIds(store, place, from, to),
  });
  const delivery = alertStore<Rejection>(store);
  const partitions = new Map([[PLACE.partition, { halted: false, settled: async () => true }]]);

  const deliver = async (block: Block<Rejection>) => {
    await delivery.insertLedger(PLACE, block, token(PLACE, block.plan, 'ledger'));
    for (const slice of block.slices)
      await delivery.insertSlice(PLACE, block, slice, token(PLACE, block.plan, slice.part));
  };

  return {
    follow: () => feed.follow(),
    takeOver: () => preparer.start(PLACE, 0),
    async alert(offset, value) {
      const record = {
        offset: String(offset),
        timestamp: String(Date.now()),
        key: null,
        value: Buffer.from(JSON.stringify(value)),
      };
      const bounds = { first: offset, last: offset };
      const terms = { plannedAt: Date.now(), rules: preparer.rules };
      await deliver(await preparer.prepare(PLACE, bounds, [record as KafkaMessage], terms));
    },
    correct: () => corrector.round({ stream: PLACE.stream, partitions, lasts: () => true }),
  };
}
