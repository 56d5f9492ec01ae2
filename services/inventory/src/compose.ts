import { acceptedEvents, createStore, inventoryStore } from '@tocsin/clickhouse';
import { type Intake, intake } from '@tocsin/intake';
import type { Metrics } from '@tocsin/metrics';
import { type Logger, storeAddress } from '@tocsin/runtime';
import type { Config } from './config.ts';
import { blockPreparer } from './prepare-block.ts';

const DAY_MS = 86_400_000;

/** The only place where adapters meet ports. */
export function compose(config: Config, log: Logger, metrics: Metrics<'inventory'>): Intake {
  const store = createStore(storeAddress(config));
  return intake({
    clientId: 'tocsin-inventory',
    settings: config,
    topics: { messages: config.INVENTORY_TOPIC, rejected: config.INVENTORY_REJECTED_TOPIC },
    tables: { ledger: 'inventory_blocks', messages: 'device_history' },
    log,
    metrics,
    store,
    delivery: inventoryStore(store),
    preparer: (place) =>
      blockPreparer(place, {
        announceMs: config.ANNOUNCE_DAYS * DAY_MS,
        duplicateWindow: config.DUPLICATE_WINDOW,
        acceptedEvents: (at, from, to) => acceptedEvents(store, at, from, to),
      }),
    delivered: ({ volumes }) => {
      for (const { labels, sum } of volumes) metrics.events.inc(labels, sum);
    },
  });
}
