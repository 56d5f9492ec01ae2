import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createStore, migrate, type Store } from '@tocsin/clickhouse';
import { maskUrls } from '@tocsin/runtime';
import { holdTo, type Position, readPosition, scenarioWeeks } from '@tocsin/simulator';
import { publishFiles } from '../messages/publish.ts';
import { print } from '../output.ts';
import { type Crew, createCrew } from './crew.ts';
import { type Engines, provideEngines } from './engines.ts';
import { createFollower } from './follow.ts';
import { showLoad, type TakenIn, takenIn } from './load.ts';
import { createScreen } from './screen.ts';
import { drawTable, plainLine, type View } from './table.ts';

const VECTORS = fileURLToPath(new URL('../../vectors/', import.meta.url));
/** The variable names the processor's group; two services in one group would take each other's partitions away. */
const INVENTORY_ENV = { GROUP_ID: undefined };
const STORE_ENV = {
  CLICKHOUSE_URL_FILE: undefined,
  CLICKHOUSE_USER: undefined,
  CLICKHOUSE_PASSWORD: undefined,
  CLICKHOUSE_PASSWORD_FILE: undefined,
};
const SCENARIO = 'opsg-34';
/** Devices that one stands for: six months are in the store within a minute or so. */
const SCALE = 10_000;
const WIDE = 120;
const TALL = 60;
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
  const feed = await feedOf(options);
  await say(`data and logs in ${dataDir}`);
  await say('Kafka and ClickHouse: starting (the first time Maven fetches Kafka)');
  const engines = await provideEngines({ ...options, log: (line) => void say(line) }).catch((error) => {
    if (signal.aborted) return null;
    throw error;
  });
  if (engines === null) return;
  const store = createStore({ url: engines.clickhouseUrl, database: options.database });
  const crew = createCrew(engines, environment(options, engines), join(dataDir, 'logs'));
  const shown = new AbortController();
  const until = AbortSignal.any([signal, shown.signal]);
  try {
    await Promise.race([present(options, feed, engines, store, crew, until), crew.failed]);
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    shown.abort();
    await say('stopping');
    await crew.stop();
    await store.close();
    await engines.stop();
  }
}

interface Feed {
  readonly positionFile: string;
  readonly known: Position | null;
  readonly scale: number;
  readonly seed: number;
}

/**
 * What is told: what the folder has, or what is asked for.
 * @throws FileError where these are not the same
 */
async function feedOf({ env, dataDir }: StartOptions): Promise<Feed> {
  const positionFile = join(dataDir, 'scenario.json');
  const known = await readPosition(positionFile);
  const scale = Number(env.FEED_SCALE || (known?.scale ?? SCALE));
  const seed = Number(env.FEED_SEED || (known?.seed ?? 1));
  if (known) holdTo(positionFile, known, { scenario: SCENARIO, scale, seed });
  return { positionFile, known, scale, seed };
}

/** The services, the scenario's months with a bar, and then the live table. */
async function present(
  options: StartOptions,
  feed: Feed,
  engines: Engines,
  store: Store,
  crew: Crew,
  signal: AbortSignal,
): Promise<void> {
  const { look, before } = await startServices(options, feed, engines, store, crew);
  const begun = performance.now();
  const messages = await showLoad(store, feed.positionFile, Date.now(), before, signal);
  const seconds = Math.round((performance.now() - begun) / 1000);
  await say(`the scenario up to now: ${messages} messages taken in after ${seconds} s; it goes on live`);
  await say(drawTable(await look(), WIDE, TALL).join('\n'));
  await showUntil(signal, look);
}

function environment({ env, database }: StartOptions, { kafkaBrokers, clickhouseUrl }: Engines) {
  return {
    // Everything shares one machine: a fetch is to be over, and its blocks delivered, long before the group gives its member up.
    FETCH_MAX_BYTES: String(16 << 20),
    FETCH_PARTITION_MAX_BYTES: String(4 << 20),
    ...env,
    KAFKA_BROKERS: kafkaBrokers.join(','),
    // The address has user and password in it.
    ...STORE_ENV,
    CLICKHOUSE_URL: clickhouseUrl,
    CLICKHOUSE_DATABASE: database,
    METRICS_PORT: '0',
  };
}

async function startServices(
  { database, alertsTopic }: StartOptions,
  { positionFile, known, scale, seed }: Feed,
  { kafkaBrokers, clickhouseUrl }: Engines,
  store: Store,
  crew: Crew,
): Promise<{ look: () => Promise<View>; before: TakenIn }> {
  const applied = await migrate({ url: clickhouseUrl, database });
  await say(`store: ${applied.length === 0 ? 'the newest schema' : `${applied.length} migrations applied`}`);
  const vectors = (await readdir(VECTORS)).map((name) => join(VECTORS, name));
  const { messages } = await publishFiles(vectors, kafkaBrokers, alertsTopic);
  await say(`Kafka: ${messages} published conformance vectors on ${alertsTopic}`);

  // The registries' times are as much later as the scenario's, and stay so when it goes on another day.
  const weeks = known?.weeks ?? scenarioWeeks(SCENARIO, Date.now());
  const shift = { REGISTRY_SHIFT_WEEKS: String(weeks) };
  // In the order of stopping, reversed: what produces stops first.
  const builder = await crew.begin('builder', ['builder'], { ...shift, REGISTRY_SCALE: String(scale) });
  const processor = await crew.begin('processor', ['processor'], shift);
  const inventory = await crew.begin('inventory', ['inventory'], INVENTORY_ENV);
  // A feed that goes on where it was has all of its earlier messages in the store.
  const taken = await takenIn(store);
  const before = {
    alerts: taken.alerts - (known?.alerts ?? 0),
    inventory: taken.inventory - (known?.inventory ?? 0),
  };
  await crew.begin('feed', ['simulate'], {
    FEED_SCENARIO: SCENARIO,
    FEED_SCALE: String(scale),
    FEED_SEED: String(seed),
    FEED_UNTIL: 'now',
    FEED_POSITION: positionFile,
  });
  const token = randomBytes(24).toString('base64url');
  const api = await crew.begin('api', ['api'], { API_PORT: '0', API_TOKEN: token, AUTH_ISSUER: undefined });
  const look = createFollower({
    store,
    processor,
    inventory,
    builder,
    addresses: () => [
      // Whoever reads this owns this machine.
      ...(api.address() === null ? [] : [['console and API', `${api.address()}/?token=${token}`] as const]),
      ['ClickHouse HTTP', maskUrls(clickhouseUrl)],
      ['Kafka', kafkaBrokers.join(',')],
    ],
  });
  return { look, before };
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
