import type { Store } from '@tocsin/clickhouse';
import { freePort } from '@tocsin/embedded';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Engine, startEngine } from '../support/fresh-store.ts';
import { type Prometheus, startPrometheus } from '../support/prometheus.ts';
import { type Service, startService } from '../support/service.ts';
import { type FedMessage, feedBlocks, HOUR, insertRows } from '../support/store-feed.ts';
import { until } from '../support/until.ts';

const WEEK = 7 * 24 * HOUR;
/** Messages of a whole hour: 58 in five minutes. */
const HOURLY = 700;
const now = Math.floor(Date.now() / 1000);
const thisHour = Math.floor(now / HOUR) * HOUR;

let engine: Engine;
let store: Store;
let exporter: Service;
let prometheus: Prometheus;
let offset = 0;

beforeAll(async () => {
  engine = await startEngine();
  store = await engine.freshStore();
  // The hours beside as well: clocks may change between then and now, and the hour may end meanwhile.
  for (const week of [1, 2, 3, 4])
    for (const hour of [-1, 0, 1]) await tell(spread(thisHour - week * WEEK + hour * HOUR, { code: '8F3E' }));
  // Not to its end, or it would be what comes now where a test begins with the hour.
  await tell(spread(thisHour - HOUR, { code: '8F3E' }, (5 * HOUR) / 6));
  await tell([message(now - 90)]);
  const port = await freePort();
  exporter = startService(['exporter'], {
    CLICKHOUSE_URL: engine.url,
    CLICKHOUSE_DATABASE: store.database,
    METRICS_PORT: String(port),
    FEED_EVERY_MS: '1000',
    HOURS_EVERY_MS: '3000',
    VERIFY_EVERY_MS: '5000',
  });
  prometheus = await startPrometheus({ exporter: [port] });
});
afterAll(async () => {
  await prometheus?.stop();
  await exporter?.kill('SIGTERM');
  await engine?.stop();
});

interface Told {
  readonly code?: string;
  readonly alerts?: number;
  readonly suppression?: string;
}

const message = (
  at: number,
  { code = '8F3E', alerts = 1, suppression = 'suppressible' }: Told = {},
): FedMessage => ({
  offset: offset++,
  receivedAt: at,
  code,
  device: 1,
  alerts,
  attributes: { region: 'North', suppression },
});

/** Of an hour's messages those of its first so many seconds. */
const spread = (hour: number, told: Told, seconds = HOUR) =>
  Array.from({ length: (HOURLY * seconds) / HOUR }, (_, i) =>
    message(hour + Math.floor((i * HOUR) / HOURLY), told),
  );

async function tell(accepted: FedMessage[]): Promise<void> {
  const [first, last] = [accepted[0]!.offset, accepted.at(-1)!.offset];
  await feedBlocks(store, { partition: 0, first, last, accepted, rejected: [], duplicates: 0 });
}

const value = async (promql: string): Promise<number> => (await prometheus.query(promql))[0]?.value ?? 0;

test('a region of which nothing comes any more, then little, then enough', async () => {
  await until(
    'the feed to be watched',
    async () => (await prometheus.query('tocsin_network_feed_expected_messages')).length > 0,
  );
  await prometheus.fires('FeedSilent', { region: 'North' });
  expect(await prometheus.query('ALERTS{alertname="FeedThin"}')).toEqual([]);
  const since = Math.floor(Date.now() / 1000);
  await tell([message(since)]);
  await prometheus.clears('FeedSilent');
  await prometheus.fires('FeedThin', { region: 'North' });
  // Over half of what five minutes bring.
  await tell(Array.from({ length: 40 }, (_, second) => message(since - second)));
  await prometheus.clears('FeedThin');
});

test('a row that is lost, and found again', async () => {
  await until(
    'a proof',
    async () => (await prometheus.query('tocsin_verify_last_timestamp_seconds > 0')).length > 0,
  );
  // On a machine that is busy, a proof may have waited for the rows told above until it gave up.
  await prometheus.clears('VerifyFailing');
  const [row] = await store.rows<Record<string, unknown>>('SELECT * FROM alerts WHERE offset = 5');
  await store.command('ALTER TABLE alerts DELETE WHERE offset = 5 SETTINGS mutations_sync = 2');
  await prometheus.fires('VerifyFailing');
  await insertRows(store, 'alerts', [row!]);
  await prometheus.clears('VerifyFailing');
});

test('a component that is full, and made larger', async () => {
  const capacity = async (version: string, most: number) => {
    const component = { component: 'north', name: 'North', regions: ['North'], unit: 'alerts/s' };
    await insertRows(store, 'components', [
      { version, ...component, holds_from: '2019-01-01 00:00:00', capacity: most, source: 'test' },
    ]);
    await insertRows(store, 'registry_versions', [{ version }]);
  };
  await capacity('small', 0.001);
  await prometheus.fires('HeadroomLow', { component: 'north' });
  await prometheus.fires('MigrationStop');
  await capacity('tight', (await value('tocsin_network_load_alerts_per_second{component="north"}')) / 0.8);
  await prometheus.clears('MigrationStop');
  await prometheus.fires('MigrationCaution');
  await capacity('large', 1000);
  await prometheus.clears('HeadroomLow');
  await prometheus.clears('MigrationCaution');
});

test('a code that floods and that nobody can stop, until late alerts tell that it always did', async () => {
  // In the hour that goes on as well, which may be over before the alarm is seen.
  const flood = (days: number, alerts: number) =>
    [-1, 0].map((hour) =>
      message(thisHour + (hour - 24 * days) * HOUR, { code: '8F12', alerts, suppression: 'unstoppable' }),
    );
  await tell(flood(0, 5 * HOURLY));
  await tell([21, 14, 7].flatMap((days) => flood(days, 1)));
  await prometheus.fires('CodeSpike', { code: '8F12' });
  await prometheus.fires('UnstoppableShareUp');
  expect(await prometheus.query('ALERTS{alertname="CodeSpike", code="8F3E"}')).toEqual([]);
  await tell([28, 21, 14, 7, 6, 5, 4, 3, 2].flatMap((days) => flood(days, 5 * HOURLY)));
  await prometheus.clears('CodeSpike');
  await prometheus.clears('UnstoppableShareUp');
});
