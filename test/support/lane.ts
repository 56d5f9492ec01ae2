import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createStore, type Store } from '@tocsin/clickhouse';
import type { Engines } from './engines.ts';
import { type Env, type Service, startService, tocsin } from './service.ts';

/** What a feed produced, as its own truth file says. */
interface Produced {
  readonly produced: number;
  readonly accepted: { readonly messages: number; readonly alerts: number };
  readonly duplicates: { readonly messages: number };
  readonly rejected: { readonly messages: number };
}

interface FeedOptions {
  readonly count?: number;
  /** Messages a second; as fast as they are taken unless given. */
  readonly rate?: number;
  readonly seed?: number;
}

/** One stream's whole way on engines that it shares with others: a topic, a group and a database of its own. */
export interface Lane {
  readonly name: string;
  readonly env: Env;
  readonly brokers: string;
  readonly topic: string;
  readonly rejectedTopic: string;
  readonly group: string;
  readonly database: string;
  readonly store: Store;
  /** Produces `count` messages and gives their truth. */
  feed(options: FeedOptions & { readonly count: number }): Promise<Produced>;
  /** A feed that goes on until it is ended, which gives its truth. */
  startFeed(options?: FeedOptions): Promise<{ end: () => Promise<Produced> }>;
  processor(env?: Env): Service;
  builder(env?: Env): Service;
  inventory(env?: Env): Service;
  /** Kills what still runs. */
  close(): Promise<void>;
}

/** Long past hours, seconds between messages: hours are closed and built while the test runs. */
const FEED = {
  FEED_START: '2020-07-06T20:00:00Z',
  FEED_SPACING_MS: '2000',
  FEED_DUPLICATES: '0.02',
  FEED_REJECTS: '0.02',
};

export async function openLane(engines: Engines, name: string, over: Env = {}): Promise<Lane> {
  const [topic, group, database] = [`${name}.alerts`, `${name}-processor`, `t_${name.replaceAll('-', '_')}`];
  const env: Env = {
    KAFKA_BROKERS: engines.brokers,
    CLICKHOUSE_URL: engines.clickhouseUrl,
    CLICKHOUSE_DATABASE: database,
    ALERTS_TOPIC: topic,
    REJECTED_TOPIC: `${topic}.rejected`,
    INVENTORY_TOPIC: `${name}.inventory`,
    INVENTORY_REJECTED_TOPIC: `${name}.inventory.rejected`,
    GROUP_ID: group,
    INVENTORY_GROUP_ID: `${name}-inventory`,
    METRICS_PORT: '0',
    LOG_LEVEL: 'debug',
    FETCH_MIN_BYTES: '1',
    FETCH_MAX_WAIT_MS: '50',
    SESSION_TIMEOUT_MS: '6000',
    BUILD_INTERVAL_MS: '2000',
    // Whoever is about corrections looks more often; what dashboards show of rollouts is asked by none of these builders.
    CORRECT_EVERY_MS: '5000',
    ANSWERS_EVERY_MS: '0',
    BUILD_GRACE_SECONDS: '0',
    BUILD_QUIET_SECONDS: '1',
    BUILD_PATIENCE_SECONDS: '2',
    ...FEED,
    ...over,
  };
  const migrated = await tocsin(['migrate'], env);
  if (migrated.code !== 0) throw new Error(`migrate: ${migrated.stderr}`);
  const store = createStore({ url: engines.clickhouseUrl, database });
  const running: Service[] = [];
  const truths: string[] = [];

  const start = (args: readonly string[], more: Env = {}) => {
    const service = startService(args, { ...env, ...more });
    running.push(service);
    return service;
  };

  function begin({ count, rate, seed = 1 }: FeedOptions) {
    const file = join(tmpdir(), `tocsin-truth-${process.pid}-${name}-${truths.length}.json`);
    truths.push(file);
    const service = start(['simulate'], {
      FEED_RATE: rate === undefined ? 'max' : String(rate),
      FEED_SEED: String(seed),
      FEED_TRUTH: file,
      ...(count === undefined ? {} : { FEED_COUNT: String(count) }),
    });
    const truth = async (): Promise<Produced> => {
      const { code } = await service.exited;
      if (code !== 0)
        throw new Error(`simulate ended with ${code}: ${JSON.stringify(service.lines.slice(-5))}`);
      return JSON.parse(await readFile(file, 'utf8')) as Produced;
    };
    return { service, truth };
  }

  return {
    name,
    env,
    brokers: engines.brokers,
    topic,
    rejectedTopic: env.REJECTED_TOPIC as string,
    group,
    database,
    store,
    feed: (options) => begin(options).truth(),
    async startFeed(options = {}) {
      const { service, truth } = begin(options);
      await service.line('started', ({ msg }) => msg === 'started');
      return {
        end: async () => {
          await service.kill('SIGTERM');
          return truth();
        },
      };
    },
    processor: (more) => start(['processor'], more),
    builder: (more) => start(['builder'], more),
    inventory: (more) => start(['inventory'], { GROUP_ID: env.INVENTORY_GROUP_ID, ...more }),
    async close() {
      await Promise.all(running.map((service) => service.kill()));
      await store.close();
      await Promise.all(truths.map((file) => rm(file, { force: true })));
    },
  };
}
