import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createStore, migrate, type Store } from '@tocsin/clickhouse';
import { maskUrls } from '@tocsin/runtime';
import { CliError } from '../errors.ts';
import { publishFiles } from '../messages/publish.ts';
import { print } from '../output.ts';
import { type Child, startChild } from './children.ts';
import { type Engines, provideEngines } from './engines.ts';
import { createFollower } from './follow.ts';
import { createScreen } from './screen.ts';
import { drawTable, plainLine, type View } from './table.ts';

const VECTORS = fileURLToPath(new URL('../../vectors/', import.meta.url));
/** The variable names the processor's group; two services in one group would take each other's partitions away. */
const INVENTORY_ENV = { GROUP_ID: undefined };
const SCREEN_MS = 1000;
const PLAIN_MS = 5000;

export interface StartOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly kafkaBrokers: readonly string[] | undefined;
  readonly clickhouseUrl: string | undefined;
  readonly database: string;
  readonly alertsTopic: string;
  readonly dataDir: string;
  readonly signal: AbortSignal;
}

/** Everything on this machine, from the engines to the live table, until the signal; then all stopped in order. */
export async function start(options: StartOptions): Promise<void> {
  const { dataDir, signal } = options;
  await say(`data and logs in ${dataDir}`);
  await say('Kafka and ClickHouse: starting (the first time Maven fetches Kafka)');
  const engines = await provideEngines({ ...options, log: (line) => void say(line) }).catch((error) => {
    if (signal.aborted) return null;
    throw error;
  });
  if (engines === null) return;
  const { clickhouseUrl } = engines;
  const store = createStore({ url: clickhouseUrl, database: options.database });
  const children: Child[] = [];
  const shown = new AbortController();
  try {
    const look = await startServices(options, engines, store, children);
    const until = AbortSignal.any([signal, shown.signal]);
    await Promise.race([showUntil(until, look), failure(engines, children)]);
  } finally {
    shown.abort();
    await say('stopping');
    for (const child of children.toReversed()) await child.stop();
    await store.close();
    await engines.stop();
  }
}

async function startServices(
  options: StartOptions,
  engines: Engines,
  store: Store,
  children: Child[],
): Promise<() => Promise<View>> {
  const { kafkaBrokers, clickhouseUrl } = engines;
  const { database, alertsTopic } = options;
  const applied = await migrate({ url: clickhouseUrl, database });
  await say(`store: ${applied.length === 0 ? 'the newest schema' : `${applied.length} migrations applied`}`);
  const vectors = (await readdir(VECTORS)).map((name) => join(VECTORS, name));
  const { messages } = await publishFiles(vectors, kafkaBrokers, alertsTopic);
  await say(`Kafka: ${messages} published conformance vectors on ${alertsTopic}`);

  const env = {
    // One processor has nobody to take over from but itself, killed: it need not wait long for that.
    SESSION_TIMEOUT_MS: '10000',
    ...options.env,
    KAFKA_BROKERS: kafkaBrokers.join(','),
    CLICKHOUSE_URL: clickhouseUrl,
    CLICKHOUSE_DATABASE: database,
    METRICS_PORT: '0',
  };
  const logs = join(options.dataDir, 'logs');
  const begin = async (name: string, args: string[], more: StartOptions['env'] = {}) => {
    const child = await startChild({ name, args, env: { ...env, ...more }, logs });
    children.push(child);
    return child;
  };
  // In the order of stopping, reversed: what produces stops first.
  const builder = await begin('builder', ['builder']);
  const processor = await begin('processor', ['processor']);
  const inventory = await begin('inventory', ['inventory'], INVENTORY_ENV);
  await begin('feed', ['simulate']);
  return createFollower({
    store,
    processor,
    inventory,
    builder,
    addresses: [
      ['ClickHouse HTTP', maskUrls(clickhouseUrl)],
      ['Kafka', kafkaBrokers.join(',')],
    ],
  });
}

/** Rejects once anything that should run has ended. */
async function failure(engines: Engines, children: readonly Child[]): Promise<never> {
  const endings = children.map(async (child) => {
    const how = await child.ended;
    return `${child.name} ${how}; its last lines:\n${child.lastLines().join('\n')}`;
  });
  throw new CliError(await Promise.race([engines.ended, ...endings]));
}

async function showUntil(signal: AbortSignal, look: () => Promise<View>): Promise<void> {
  const terminal = process.stdout;
  const screen = terminal.isTTY ? createScreen(terminal) : null;
  let said = '';
  while (!signal.aborted) {
    try {
      const view = await look();
      const where = view.addresses.map(([name, address]) => `${name} ${address}`).join(', ');
      if (screen === null && where !== said) await say(where);
      said = where;
      if (screen === null) await print(`${plainLine(view)}\n`);
      else screen.draw(drawTable(view, terminal.columns || 80, terminal.rows || 24));
    } catch (error) {
      // A part that has ended ends us elsewhere, with its reason; one that is slow may answer the next time.
      if (screen === null) await say(`no figures: ${error instanceof Error ? error.message : error}`);
    }
    await wait(screen === null ? PLAIN_MS : SCREEN_MS, undefined, { signal }).catch(() => {});
  }
}

function say(text: string): Promise<void> {
  return print(`${text}\n`);
}
