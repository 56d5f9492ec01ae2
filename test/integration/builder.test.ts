import { run } from '@tocsin/builder';
import {
  type BuildPolicy,
  buildBuckets,
  findStaleBuckets,
  keepComplete,
  type Store,
  supersedeBuilds,
  sweepBuilds,
  TARGETS,
} from '@tocsin/clickhouse';
import { startClickHouse } from '@tocsin/embedded';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Engine, startEngine } from '../support/fresh-store.ts';
import { feedBlocks, feedLedger, feedRows, HOUR, hourText, makeBlock } from '../support/store-feed.ts';
import { ROLLUP } from '../support/targets.ts';

const FIRST = Date.UTC(2026, 4, 1) / 1000;
const HOURS = [0, 1, 2, 3, 4].map((i) => FIRST + i * HOUR);
const TEXTS = HOURS.map(hourText);
const POLICY: BuildPolicy = { graceSeconds: 0, quietSeconds: 10, patienceSeconds: 100 };

let engine: Engine;
let store: Store;

beforeAll(async () => {
  engine = await startEngine();
  store = await engine.freshStore();
});
afterAll(() => engine.stop());
beforeEach(() => engine.empty(store));

const count = async (query: string): Promise<number> => (await store.rows<{ n: number }>(query))[0]!.n;
const liveVersions = () =>
  store.rows<{ bucket: string; n: number }>(
    `SELECT bucket, uniqExact(version) AS n FROM builds
     WHERE (bucket, version) NOT IN (SELECT bucket, version FROM builds WHERE superseded)
     GROUP BY bucket ORDER BY bucket`,
  );

describe('which hours are stale', () => {
  const due = async () =>
    (await findStaleBuckets(store, ROLLUP, POLICY)).filter((one) => one.due).map(({ bucket }) => bucket);

  it('are the closed ones without a fresh build, oldest first', async () => {
    const open = Math.floor(Date.now() / 1000);
    await feedBlocks(store, makeBlock(0, 0, [...HOURS, open], 123));
    expect(await findStaleBuckets(store, ROLLUP, POLICY)).toEqual(
      TEXTS.map((bucket) => ({ bucket, accepted: 20, due: true })),
    );
    await buildBuckets(store, ROLLUP, TEXTS.slice(1, 3));
    expect(await due()).toEqual([TEXTS[0], TEXTS[3], TEXTS[4]]);
  });

  it('wait until their ledger is quiet, but not for ever', async () => {
    await feedLedger(store, [makeBlock(0, 0, [HOURS[0]!], 23)], 1);
    expect(await findStaleBuckets(store, ROLLUP, POLICY)).toEqual([
      { bucket: TEXTS[0], accepted: 20, due: false },
    ]);
    await feedLedger(store, [makeBlock(1, 0, [HOURS[0]!], 23)], POLICY.patienceSeconds + 1);
    expect(await due()).toEqual([TEXTS[0]]);
  });

  it('are left alone while rows are missing', async () => {
    const block = makeBlock(0, 0, HOURS, 103);
    await feedLedger(store, [block]);
    const stale = await findStaleBuckets(store, ROLLUP, POLICY);
    expect(stale).toHaveLength(5);
    expect(await keepComplete(store, ROLLUP, stale)).toEqual([]);
    await feedRows(store, [block]);
    expect(await keepComplete(store, ROLLUP, stale)).toEqual(stale);
  });

  it('stay stale when what was built falls short of the ledger', async () => {
    await feedLedger(store, [makeBlock(1, 0, HOURS, 103)]);
    await feedBlocks(store, makeBlock(0, 0, HOURS, 103));
    expect((await buildBuckets(store, ROLLUP, TEXTS)).sourceRows).toBe(100);
    expect(await due()).toEqual(TEXTS);
  });
});

describe('a build of many messages', () => {
  it('goes by shares of the devices and comes to the same, under one version', async () => {
    const days = TARGETS.find(({ table }) => table === 'device_days')!;
    const day = [`${TEXTS[0]!.slice(0, 10)} 00:00:00`];
    await feedBlocks(store, makeBlock(0, 0, HOURS, 103), makeBlock(1, 0, HOURS, 53));
    const messages = await count(
      `SELECT count() AS n FROM alerts WHERE toStartOfDay(received_at) = toDateTime('${day[0]}', 'UTC')`,
    );
    const whole = await buildBuckets(store, days, day);
    const shared = await buildBuckets(store, days, day, 7);
    expect([whole.sourceRows, shared.sourceRows]).toEqual([messages, messages]);
    const rowsOf = (version: string) =>
      store.rows(
        'SELECT * EXCEPT (version) FROM device_days WHERE version = {version:UUID} ORDER BY day, device, alert_code',
        { version },
      );
    expect(await rowsOf(shared.version)).toEqual(await rowsOf(whole.version));
    expect((await rowsOf(whole.version)).length).toBeGreaterThan(1);
  });
});

describe('superseding and sweeping', () => {
  it('leaves one version of each hour, however many builders there are', async () => {
    await feedBlocks(store, makeBlock(0, 0, HOURS, 103));
    await Promise.all([1, 2, 3].map(() => buildBuckets(store, ROLLUP, TEXTS)));
    await Promise.all([1, 2, 3].map(() => supersedeBuilds(store, ROLLUP)));
    expect((await liveVersions()).map(({ n }) => n)).toEqual([1, 1, 1, 1, 1]);
    expect(await findStaleBuckets(store, ROLLUP, POLICY)).toEqual([]);
    // Not before the longest query is over, and then all of it.
    expect(await sweepBuilds(store, ROLLUP, 600)).toBe(0);
    expect(await sweepBuilds(store, ROLLUP, 0)).toBe(10);
    expect(await sweepBuilds(store, ROLLUP, 0)).toBe(0);
    expect(await count('SELECT uniqExact(hour, version) AS n FROM rollup_hours')).toBe(5);
    expect(await count('SELECT count() AS n FROM builds')).toBe(5);
    expect(await count('SELECT sum(messages) AS n FROM rollup_hours')).toBe(100);
  });

  it('buries what late messages made stale', async () => {
    await feedBlocks(store, makeBlock(0, 0, HOURS, 103));
    await buildBuckets(store, ROLLUP, TEXTS);
    await feedBlocks(store, makeBlock(0, 104, [HOURS[3]!], 13));
    await supersedeBuilds(store, ROLLUP);
    expect(await liveVersions()).toHaveLength(4);
    expect((await findStaleBuckets(store, ROLLUP, POLICY)).map(({ bucket }) => bucket)).toEqual([TEXTS[3]]);
  });

  it('takes what a killed builder left behind, but nothing that may yet be committed', async () => {
    await feedBlocks(store, makeBlock(0, 0, HOURS, 103));
    const versionAged = (seconds: number) => {
      const hex = (Date.now() - seconds * 1000).toString(16).padStart(12, '0');
      return `${hex.slice(0, 8)}-${hex.slice(8)}-7abc-8abc-0123456789ab`;
    };
    for (const seconds of [60, 2 * 3600])
      await store.command(
        `INSERT INTO rollup_hours (version, hour, alert_code, alerts, messages, devices)
         SELECT {version:UUID}, hour, '8F3E', 1, 1, uniqState(toFixedString('x', 16)) FROM blocks GROUP BY hour`,
        { version: versionAged(seconds) },
      );
    expect(await sweepBuilds(store, ROLLUP, 0)).toBe(5);
    expect(await count('SELECT uniqExact(version) AS n FROM rollup_hours')).toBe(1);
    expect(
      await count('SELECT min(dateDiff(second, UUIDv7ToDateTime(version), now())) AS n FROM rollup_hours'),
    ).toBeLessThan(600);
  });
});

describe('the service', () => {
  it('builds, goes on after its engine was killed, and stops when told', async () => {
    const victim = await startEngine();
    const own = await victim.freshStore();
    const stale = () => findStaleBuckets(own, ROLLUP, POLICY).then((hours) => hours.length);
    const controller = new AbortController();
    const env = {
      CLICKHOUSE_URL: victim.url,
      CLICKHOUSE_DATABASE: own.database,
      BUILD_INTERVAL_MS: '50',
      BUILD_GRACE_SECONDS: '0',
      METRICS_PORT: '0',
      LOG_LEVEL: 'silent',
    };
    await feedBlocks(own, makeBlock(0, 0, HOURS, 103));
    const exit = run(env, controller.signal);
    await expect.poll(stale).toBe(0);

    process.kill(victim.pid, 'SIGKILL');
    await expect
      .poll(
        () =>
          own.ping().then(
            () => 'up',
            () => 'down',
          ),
        { timeout: 20_000 },
      )
      .toBe('down');
    const { dataDir, port } = victim;
    const revived = await startClickHouse({ dataDir, port });
    await feedBlocks(own, makeBlock(1, 0, HOURS, 103));
    await expect.poll(stale).toBe(0);

    controller.abort('test');
    expect(await exit).toBe(0);
    await revived.stop();
    await victim.stop();
  });

  it('fails when the store is not what it should be', async () => {
    await store.command('DROP TABLE builds');
    const env = { CLICKHOUSE_URL: engine.url, CLICKHOUSE_DATABASE: store.database, METRICS_PORT: '0' };
    const signal = AbortSignal.timeout(60_000);
    expect(await run({ ...env, LOG_LEVEL: 'silent' }, signal)).toBe(1);
    expect(signal.aborted).toBe(false);
  });
});
