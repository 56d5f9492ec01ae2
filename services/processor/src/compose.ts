import { acceptedIds, alertStore, createStore } from '@tocsin/clickhouse';
import { type Intake, intake } from '@tocsin/intake';
import type { Metrics } from '@tocsin/metrics';
import { type Logger, storeAddress } from '@tocsin/runtime';
import type { Config } from './config.ts';
import { createCorrector } from './corrections/corrector.ts';
import { corrections } from './corrections/loop.ts';
import { countVolumes } from './count-volumes.ts';
import { createDirectoryFeed } from './directory/feed.ts';
import { keepCurrent } from './directory/keep-current.ts';
import { gatherKnowledge } from './knowledge.ts';
import { blockPreparer } from './prepare-block.ts';
import { drain } from './sealing/drain.ts';
import { createSealedDays } from './sealing/sealed-days.ts';

const DAY_MS = 86_400_000;

/** The only place where adapters meet ports. */
export function compose(config: Config, log: Logger, metrics: Metrics<'processor'>): Intake {
  const store = createStore(storeAddress(config));
  const sealed = createSealedDays(store);
  const feed = createDirectoryFeed(store);
  const { knowledge, parts: sources } = gatherKnowledge(config, log, feed);
  const corrector = createCorrector({
    store,
    knowledge,
    feed,
    compared(done) {
      metrics.corrected.inc(done.corrected);
      if (done.corrected > 0) log.info(done, 'corrected');
    },
  });
  const alerts = intake({
    clientId: 'tocsin-processor',
    settings: config,
    topics: { messages: config.ALERTS_TOPIC, rejected: config.REJECTED_TOPIC },
    tables: { ledger: 'blocks', messages: 'alerts' },
    log,
    metrics,
    store,
    delivery: alertStore(store),
    preparer: (place) =>
      blockPreparer(place, {
        futureToleranceMs: config.FUTURE_TOLERANCE_SECONDS * 1000,
        retentionMs: config.RETENTION_DAYS * DAY_MS,
        duplicateWindow: config.DUPLICATE_WINDOW,
        knowledge,
        sealed,
        takeOver: corrector.takeOver,
        acceptedIds: (at, from, to) => acceptedIds(store, at, from, to),
      }),
    delivered: ({ volumes }) => countVolumes(metrics, volumes),
  });
  const everyMs = config.CORRECT_EVERY_MS;
  const upkeep = [
    keepCurrent({ feed, everyMs, log, metrics }),
    corrections({ corrector, assignment: alerts.assignment, everyMs, log }),
    drain({ store, sealed, assignment: alerts.assignment, log }),
  ];
  return { ...alerts, parts: [...sources, ...alerts.parts, ...upkeep] };
}
