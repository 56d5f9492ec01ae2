import { expect, test } from 'vitest';
import { startHeldEngines } from '../support/engines.ts';
import { countProduced } from '../support/kafka-tools.ts';
import { KillRecord } from '../support/kills.ts';
import { openLane } from '../support/lane.ts';
import { untilLedgered, verify } from '../support/proof.ts';
import { countFresh, ROLLUP } from '../support/targets.ts';
import { until } from '../support/until.ts';

const DAY_MS = 86_400_000;
/** Every write on the way to a dropped day. */
const WRITES = [
  'INSERT INTO sealed (',
  'INSERT INTO sealed_versions',
  'ALTER TABLE corrections DELETE',
  'ALTER TABLE alerts DROP PARTITION',
];
const EVER = "from = '1970-01-01 00:00:00', to = '2106-01-01 00:00:00'";

test('killed at every write of sealing, days are sealed and dropped all the same, and answers stay what they were', async () => {
  const engines = await startHeldEngines();
  // Two old days and a newer one, in thousands of messages.
  const first = new Date(Math.floor(Date.now() / DAY_MS) * DAY_MS - 5 * DAY_MS + DAY_MS / 2).toISOString();
  const lane = await openLane(engines, 'sealing', { FEED_START: first, FEED_SPACING_MS: '60000' });
  const kills = new KillRecord('sealing');
  try {
    await lane.feed({ count: 4000 });
    const processor = lane.processor();
    await untilLedgered(lane, await countProduced(lane.brokers, lane.topic));
    const builder = lane.builder();
    const buckets = 'SELECT uniqExact(hour) AS n FROM blocks WHERE hour_accepted > 0';
    await until('all hours to be built', async () => {
      const [row] = await lane.store.rows<{ n: number }>(buckets);
      return (await countFresh(lane.store, ROLLUP)) === row!.n;
    });
    await builder.kill('SIGTERM');
    const answer = () =>
      lane.store.rows(
        `SELECT toDate(hour) AS day, alert_code, sum(volume.alerts) AS n_alerts, uniqMerge(devices_state) AS n_devices
         FROM alert_volume(${EVER}) AS volume GROUP BY ALL ORDER BY ALL`,
      );
    const before = await answer();
    const sealing = { RAW_RETENTION_DAYS: '3', SWEEP_AFTER_SECONDS: '0' };
    for (const write of WRITES) {
      for (const at of ['before', 'after'] as const) {
        const held = engines.clickhouse.hold(
          at,
          (statement, database) => database === lane.database && statement.startsWith(write),
        );
        const victim = lane.builder(sealing);
        const { release } = await held;
        await victim.kill();
        await release();
        kills.note(`${at} ${write.replace(' (', '')}`);
        expect(await answer()).toEqual(before);
      }
    }
    kills.print();
    const last = lane.builder(sealing);
    const oldest = `SELECT dateDiff('day', toDate(min(received_at)), toDate(now('UTC'))) AS n FROM alerts`;
    await until('the old days to be dropped', async () => {
      const [row] = await lane.store.rows<{ n: number }>(oldest);
      return row!.n <= 3;
    });
    expect(await answer()).toEqual(before);
    // What comes late from now on is refused, whatever the processor's own retention says.
    await lane.feed({ count: 20, seed: 2 });
    await untilLedgered(lane, await countProduced(lane.brokers, lane.topic));
    expect(await answer()).toEqual(before);
    const late = `SELECT DISTINCT reason FROM rejected WHERE reason = 'too-late'`;
    expect(await lane.store.rows(late)).toHaveLength(1);
    expect(await verify(lane)).toMatchObject({ ok: true });
    expect(await processor.kill('SIGTERM')).toMatchObject({ code: 0 });
    expect(await last.kill('SIGTERM')).toMatchObject({ code: 0 });
  } finally {
    await lane.close();
    await engines.stop();
  }
});
