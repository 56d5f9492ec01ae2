import { buildBuckets, type Store, TARGETS } from '@tocsin/clickhouse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Engine, startEngine } from '../support/fresh-store.ts';
import { correct, type FedMessage, feedBlocks, HOUR, hourText, makeBlock } from '../support/store-feed.ts';
import { countFresh } from '../support/targets.ts';
import { until } from '../support/until.ts';

const DAY = 24 * HOUR;

let engine: Engine;

beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

describe('what can be stopped, by firmware, and by which device', () => {
  const FIRST = Date.UTC(2026, 4, 1) / 1000;
  const HOURS = [0, 1, 5, 23, 30, 47].map((i) => FIRST + i * HOUR);
  const RANGE = "from = '2026-05-01 00:00:00', to = '2026-05-03 00:00:00'";
  let store: Store;

  beforeAll(async () => {
    store = await engine.freshStore();
    await feedBlocks(store, makeBlock(0, 0, HOURS, 303), makeBlock(1, 0, HOURS, 203));
    await correct(store, 'offset % 3 = 0', '9.9.9');
    await until('the corrections', async () => (await lines(FIRMWARE)).includes('9.9.9'), 10_000);
  });

  const FIRMWARE = `SELECT DISTINCT firmware FROM alert_by_firmware(${RANGE})`;

  /** The truth by another way than the views': each row's correction looked up by its position. */
  const AS_CORRECTED = `(SELECT * REPLACE (if(offset % 3 = 0, '9.9.9', firmware) AS firmware) FROM alerts)`;
  const questions: [view: string, columns: string, truth: string][] = [
    [
      'alert_stoppability',
      'alert_code, suppression, reason, remedy, remedy_reason, responsible_party, acting_party, stoppable_now, alerts, messages, devices',
      `SELECT alert_code, suppression, reason, remedy, remedy_reason, responsible_party, acting_party,
         suppression = 'suppressible' OR remedy = 'released', sum(alerts), count(), uniqExact(device)
       FROM ${AS_CORRECTED} GROUP BY 1, 2, 3, 4, 5, 6, 7, 8`,
    ],
    [
      'alert_by_firmware',
      'toString(day), device_kind, manufacturer, model, firmware, alert_code, alerts, messages, devices',
      `SELECT toString(toStartOfDay(received_at)), device_kind, manufacturer, model, firmware, alert_code,
         sum(alerts), count(), uniqExact(device)
       FROM ${AS_CORRECTED} GROUP BY 1, 2, 3, 4, 5, 6`,
    ],
    [
      'top_devices',
      'device, alert_code, device_kind, manufacturer, model, firmware, region, alerts, messages, toString(first_at), toString(last_at)',
      `SELECT device, alert_code, argMax(device_kind, at), argMax(manufacturer, at), argMax(model, at),
         argMax(firmware, at), argMax(region, at), sum(alerts), count(),
         toString(min(received_at)), toString(max(received_at))
       FROM (SELECT *, (received_at, offset, partition) AS at FROM ${AS_CORRECTED}) GROUP BY 1, 2`,
    ],
  ];
  const lines = (query: string) => store.lines(`SELECT * FROM (${query}) ORDER BY ALL`);

  const answers = () =>
    Promise.all(
      questions.map(([view, columns]) => lines(`SELECT ${columns} FROM ${store.database}.${view}(${RANGE})`)),
    );

  it('is the same from raw rows, in part from builds, and from builds alone', async () => {
    const expected = await Promise.all(questions.map(([, , truth]) => lines(truth)));
    for (const rows of expected) expect(rows.length).toBeGreaterThan(10);
    expect(await answers()).toEqual(expected);
    for (const hours of [HOURS.slice(0, 2), HOURS.slice(2)]) {
      for (const target of TARGETS) {
        const begun = hours.map((hour) => hour - (hour % target.bucketSeconds));
        const buckets = [...new Set(begun.map(hourText))];
        const known = await countFresh(store, target);
        await buildBuckets(store, target, buckets);
        // A day of the first half is built with the second's hours as well, and so is there already.
        const fresh = target.bucketSeconds === DAY ? (known === 0 ? 1 : 2) : known + buckets.length;
        await expect.poll(() => countFresh(store, target)).toBe(fresh);
      }
      expect(await answers()).toEqual(expected);
    }
    // The last word that it is the derived rows that are read now.
    await store.command('TRUNCATE TABLE alerts');
    expect(await answers()).toEqual(expected);
  });
});

describe('whether the feed is whole', () => {
  // Six weeks over the spring change of clocks of 2026, 29 March.
  const FIRST = Date.UTC(2026, 2, 2) / 1000;
  const DAYS = 42;
  const PARTIES = { North: 'csp-north', South: 'csp-south' } as const;
  const london = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Europe/London',
    hour: 'numeric',
    hourCycle: 'h23',
  });
  /** Few at night, many by day, by London's clock. */
  const usual = (hour: number) => {
    const ofDay = Number(london.format(hour * 1000));
    return ofDay < 6 ? 6 : ofDay < 18 ? 60 : 36;
  };
  // South is missing for three hours of a Wednesday in the sixth week; a quiet Tuesday has a third.
  const GAP = Date.UTC(2026, 3, 8, 9) / 1000;
  const missing = (region: string, hour: number) =>
    region === 'South' && hour >= GAP && hour < GAP + 3 * HOUR;
  const quiet = (hour: number) =>
    hour >= Date.UTC(2026, 3, 7, 8) / 1000 && hour < Date.UTC(2026, 3, 7, 14) / 1000;
  const WHOLE = "from = '2026-03-02 00:00:00', to = '2026-04-13 00:00:00'";
  let store: Store;

  beforeAll(async () => {
    store = await engine.freshStore();
    const accepted: FedMessage[] = [];
    for (let hour = FIRST; hour < FIRST + DAYS * DAY; hour += HOUR)
      for (const [region, party] of Object.entries(PARTIES)) {
        if (missing(region, hour)) continue;
        const messages = quiet(hour) ? usual(hour) / 3 : usual(hour);
        for (let i = 0; i < messages; i++)
          accepted.push({
            offset: accepted.length,
            receivedAt: hour + ((i * 59) % HOUR),
            code: '8F3E',
            device: i % 7,
            alerts: 1,
            attributes: { region, responsible_party: party },
          });
      }
    await feedBlocks(store, {
      partition: 0,
      first: 0,
      last: accepted.length - 1,
      accepted,
      rejected: [],
      duplicates: 0,
    });
  });

  it('tells an hour that is missing from a night and a quiet day', async () => {
    const hours = [0, 1, 2].map((i) => hourText(GAP + i * HOUR));
    const row = { region: 'South', received: 0, expected: 60 };
    expect(
      await store.rows(
        `SELECT toString(hour) AS hour, region, responsible_party, received, expected
         FROM ${store.database}.feed_completeness(${WHOLE}) WHERE received * 10 <= reached AND reached > 0 ORDER BY hour`,
      ),
    ).toEqual(hours.map((hour) => ({ hour, ...row, responsible_party: 'csp-south' })));
    expect(
      await store.rows(
        `SELECT toString(hour) AS hour, region, received, expected FROM ${store.database}.feed_gaps(${WHOLE}) ORDER BY hour`,
      ),
    ).toEqual(hours.map((hour) => ({ hour, ...row })));
  });

  it("expects what came at the same hour of London's week, and nothing before two weeks are known", async () => {
    const wrong = await store.rows<{ hour: string; expected: number | null; received: number }>(
      `SELECT toString(hour) AS hour, expected, received FROM ${store.database}.feed_completeness(${WHOLE})
       WHERE region = 'North' ORDER BY hour`,
    );
    expect(wrong).toHaveLength(DAYS * 24);
    for (const [i, { hour, expected, received }] of wrong.entries()) {
      const at = FIRST + i * HOUR;
      expect(hour).toBe(hourText(at));
      expect(received, hour).toBe(quiet(at) ? usual(at) / 3 : usual(at));
      // The feed's first hour may be a part of one, so that its weeks don't count.
      const known = at > FIRST + 14 * DAY ? usual(at) : null;
      if (at <= FIRST + 15 * DAY && at >= FIRST + 14 * DAY - HOUR) continue;
      expect(expected, hour).toBe(known);
    }
  });
});

it('tells no hour that still goes on, or has not begun, for missing', async () => {
  const store = await engine.freshStore();
  const begun = Math.floor(Date.now() / 1000 / HOUR) * HOUR;
  // An hour more on both sides, as a clock may have been changed in between.
  const hours = [-2, -1, 0, 1, 2, 3].flatMap((later) =>
    [1, 2, 3, 4].map((ago) => begun + later * HOUR - ago * 7 * DAY),
  );
  // The feed began before, so that all four weeks count.
  const accepted = [begun - 30 * DAY, ...hours].flatMap((hour, i) =>
    Array.from({ length: 60 }, (_, n) => ({
      ...{ offset: i * 60 + n, receivedAt: hour + n, code: '8F3E', device: n, alerts: 1 },
      attributes: { region: 'South', responsible_party: 'csp-south' },
    })),
  );
  const last = accepted.length - 1;
  await feedBlocks(store, { partition: 0, first: 0, last, accepted, rejected: [], duplicates: 0 });
  const range = `from = '${hourText(begun - HOUR)}', to = '${hourText(begun + 4 * HOUR)}'`;
  const rows = await store.rows<{ hour: string; open: string }>(
    `SELECT toString(hour) AS hour, toString(toStartOfHour(now('UTC'))) AS open, received, expected, gap,
       hour IN (SELECT hour FROM ${store.database}.feed_gaps(${range})) AS told
     FROM ${store.database}.feed_completeness(${range}) ORDER BY hour`,
  );
  expect(rows.length).toBeGreaterThanOrEqual(2);
  for (const row of rows) {
    const over = row.hour < row.open ? 1 : 0;
    expect(row).toMatchObject({ received: 0, expected: 60, gap: over, told: over });
  }
  expect(rows.at(-1)).toMatchObject({ hour: rows[0]!.open });
});

describe('how fresh the answers are', () => {
  it('is told by target', async () => {
    const store = await engine.freshStore();
    const read = () =>
      store.rows<Record<string, unknown>>(
        `SELECT target, stale, toString(oldest_stale) AS oldest, toString(last_received_at) AS received,
           last_planned_at IS NULL AS unplanned, build_age
         FROM ${store.database}.freshness ORDER BY target`,
      );
    const none = { stale: 0, oldest: null, received: null, unplanned: 1, build_age: null };
    expect(await read()).toEqual(
      ['device_days', 'load_minutes', 'rollup_hours'].map((target) => ({ target, ...none })),
    );
    const first = Date.UTC(2026, 4, 1) / 1000;
    await feedBlocks(store, makeBlock(0, 0, [first, first + HOUR, first + 30 * HOUR], 103));
    const [rollup] = TARGETS;
    await buildBuckets(store, rollup!, [hourText(first)]);
    await expect.poll(() => countFresh(store, rollup!)).toBe(1);
    const received = '2026-05-02 06:01:38.000';
    const [days, minutes, hours] = await read();
    expect(days).toMatchObject({
      stale: 2,
      oldest: '2026-05-01 00:00:00',
      received,
      unplanned: 0,
      build_age: null,
    });
    expect(minutes).toMatchObject({ stale: 3, oldest: '2026-05-01 00:00:00', build_age: null });
    expect(hours).toMatchObject({ stale: 2, oldest: '2026-05-01 01:00:00', received });
    expect(hours!.build_age).toBeLessThan(60);
  });
});
