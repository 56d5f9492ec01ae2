import { ALERT_CORE_COLUMNS, acceptedIds, alertStore, createStore } from '@tocsin/clickhouse';
import { type Intake, intake } from '@tocsin/intake';
import type { Metrics } from '@tocsin/metrics';
import type { Logger } from '@tocsin/runtime';
import type { Config } from './config.ts';
import { blockPreparer } from './prepare-block.ts';

const DAY_MS = 86_400_000;

/** The only place where adapters meet ports. */
export function compose(config: Config, log: Logger, metrics: Metrics<'processor'>): Intake {
  const store = createStore({ url: config.CLICKHOUSE_URL, database: config.CLICKHOUSE_DATABASE });
  return intake({
    clientId: 'tocsin-processor',
    settings: config,
    topics: { messages: config.ALERTS_TOPIC, rejected: config.REJECTED_TOPIC },
    tables: { ledger: 'blocks', messages: 'alerts' },
    log,
    metrics,
    store,
    delivery: alertStore(store, ALERT_CORE_COLUMNS),
    preparer: (place) =>
      blockPreparer(place, {
        futureToleranceMs: config.FUTURE_TOLERANCE_SECONDS * 1000,
        retentionMs: config.RETENTION_DAYS * DAY_MS,
        duplicateWindow: config.DUPLICATE_WINDOW,
        acceptedIds: (at, from, to) => acceptedIds(store, at, from, to),
      }),
    delivered: ({ volumes }) => {
      for (const [code, alerts] of volumes) metrics.alerts.inc({ code }, alerts);
    },
  });
}
