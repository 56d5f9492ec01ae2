import type { Store } from '@tocsin/clickhouse';
import { insertRows } from '../../support/store-feed.ts';

/** What `fillNetwork` tells of, from the first day on. */
export const FIRST_DAY = '2020-02-01';
export const DAYS = 120;

/** Rows inserted at once. */
const CHUNK = 1_000_000;

/**
 * HAN h has a hub (kind 0), an electricity meter (1) and, every other one, a gas meter (2). Six hubs of ten are of the
 * model of the rollout \`hubs\`, of which seven of ten activate it on one of 30 days; half of the meters are of that of
 * \`meters\`, which one of ten can't take. Of the activated hubs one of 200 falls silent with its HAN.
 */
const HAN = `
  number AS h, sipHash64(h) AS any, leftPad(hex(sipHash64(0, h)), 16, '0') AS hub,
  ['North', 'Central', 'South'][1 + any % 3] AS region, concat('sup-', leftPad(toString(intDiv(any, 3) % 12), 2, '0')) AS supplier,
  intDiv(any, 36) % 10 < 6 AS is_target, is_target AND intDiv(any, 360) % 10 < 7 AS activates, 50 + intDiv(any, 3600) % 30 AS hub_day,
  activates AND intDiv(any, 108000) % 200 = 0 AS falls_silent,
  intDiv(any, 21600000) % 10 AS meter, meter < 5 AS is_meter_target, meter < 3 AS meter_activates, meter = 3 AS meter_fails,
  60 + intDiv(any, 216000000) % 20 AS meter_day`;

const DEVICE = `
  arrayJoin(if(h % 2 = 0, [0, 1, 2], [0, 1])) AS kind, leftPad(hex(sipHash64(kind, h)), 16, '0') AS device,
  ['CHF', 'ESME', 'GSME'][kind + 1] AS device_kind,
  multiIf(kind = 0, if(is_target, 'WNC', 'Toshiba'), kind = 1, if(is_meter_target, 'Kestrel', 'Harrow'), 'Harrow') AS made_by,
  multiIf(kind = 0, if(is_target, 'CS-1', 'NH-1'), kind = 1, if(is_meter_target, 'KM-200', 'EM-7'), 'GM-3') AS of_model`;

const FIRST = `toDateTime64('${FIRST_DAY} 00:00:00', 3, 'UTC')`;

async function tellHistory(store: Store, hans: number): Promise<void> {
  const columns = `device_history (stream, partition, offset, planned_at, recorded_at, effective_at, device, source, event, kind,
    manufacturer, model, firmware, region, hub, supplier, han_state, version, phase, reason)`;
  const tell = (effective: string, event: string, of: string, where: string) =>
    store.command(
      `INSERT INTO ${columns}
       WITH ${HAN}, ${DEVICE}, ${effective} AS at
       SELECT 'c/inventory/1', 0, h * 3 + kind, at, at, at, device, 'inventory', '${event}', ${of}
       FROM numbers({hans:UInt64}) WHERE ${where}`,
      { hans },
    );
  const NULLS = 'NULL, NULL, NULL';
  await tell(
    `${FIRST} - toIntervalDay(200)`,
    'installed',
    `device_kind, made_by, of_model, '1.0', region, if(kind = 0, NULL, hub), if(kind = 0, NULL, supplier), 'stable', '', '', ''`,
    'true',
  );
  const at = (day: string) => `${FIRST} + toIntervalDay(${day}) + toIntervalSecond(any % 80000)`;
  const activated = `${NULLS}, '2.0', ${NULLS}, NULL, '2.0', '', ''`;
  await tell(at('hub_day'), 'firmware-activated', activated, 'kind = 0 AND activates');
  await tell(at('meter_day'), 'firmware-activated', activated, 'kind = 1 AND meter_activates');
  await tell(
    at('meter_day'),
    'firmware-failed',
    `${NULLS}, NULL, ${NULLS}, 'unstable', '2.0', 'download', 'han-unstable'`,
    'kind = 1 AND meter_fails',
  );
}

async function register(store: Store): Promise<void> {
  const rollouts = [
    { rollout: 'hubs', manufacturer: 'WNC', model: 'CS-1', codes: ['8F3E'], acting_party: 'csp' },
    {
      rollout: 'meters',
      manufacturer: 'Kestrel',
      model: 'KM-200',
      codes: ['8014', '8015'],
      acting_party: 'supplier',
    },
  ];
  const begins = '2020-03-20 00:00:00';
  await insertRows(store, 'registry_versions', [{ version: '1' }]);
  await insertRows(
    store,
    'levers',
    rollouts.map(({ rollout, ...lever }) => ({
      ...{
        version: '1',
        lever: rollout,
        kind: 'firmware',
        firmware: '2.0',
        holds_from: begins,
        state: 'released',
      },
      ...lever,
    })),
  );
  await insertRows(
    store,
    'rollouts',
    rollouts.map(({ rollout }) => ({
      version: '1',
      rollout,
      name: rollout,
      lever: rollout,
      begins,
      source: 'bench',
    })),
  );
}

/** Each device raises one code a day, one of ten two: what the firmware ends less often, and less of it, with it. */
const tellDays = (store: Store, hans: number, from: number, count: number) =>
  store.command(
    `INSERT INTO device_days
     WITH ${HAN}, ${DEVICE}, arrayJoin(range({from:UInt32}, {from:UInt32} + {count:UInt32})) AS day,
       sipHash64(h, kind, day) AS drawn, arrayJoin(range(1 + (drawn % 10 = 0))) AS which, intDiv(drawn, 10 + which) % 100 AS one,
       multiIf(kind = 0, activates AND day > hub_day, kind = 1, meter_activates AND day > meter_day, false) AS mended,
       multiIf(kind = 0, multiIf(one < if(mended, 20, 60), '8F3E', one < 90, '8F12', 'AD1'),
         kind = 1, multiIf(one < if(mended, 10, 25), '8014', one < if(mended, 20, 50), '8015', one < 80, '8F30', '81A0'),
         if(one < 70, '8002', '8F30')) AS code,
       1 + intDiv(drawn, 1000) % if(mended, 5, 20) AS raised,
       ${FIRST} + toIntervalDay(day) + toIntervalSecond(any % 80000) AS at
     SELECT reinterpretAsUUID(toUInt128(1)), toStartOfDay(at), device, code, device_kind, made_by, of_model, if(mended, '2.0', '1.0'), region,
       sum(raised), sum(raised), min(at), max(at)
     FROM numbers({hans:UInt64})
     WHERE NOT (falls_silent AND day > hub_day)
     GROUP BY at, device, code, device_kind, made_by, of_model, mended, region`,
    { hans, from, count },
    { max_insert_threads: '1', max_partitions_per_insert_block: '0' },
  );

/** Minutes of load, the ledger and the commits of the builds follow from the days, which hold every message. */
async function commit(store: Store): Promise<void> {
  await store.command(
    `INSERT INTO load_minutes
     SELECT reinterpretAsUUID(toUInt128(1)), toStartOfHour(first_at), toStartOfMinute(first_at), region, device_kind, '', sum(alerts), sum(messages)
     FROM device_days GROUP BY ALL`,
  );
  await store.command(
    `INSERT INTO blocks (hour, stream, partition, first_offset, last_offset, planned_at, rule_version, checksum, records, accepted, hour_accepted)
     SELECT hour, 'c/alerts/1', 0, 0, 0, hour, '1', '', sum(messages), sum(messages), sum(messages) FROM load_minutes GROUP BY hour`,
  );
  for (const [target, bucket] of [
    ['load_minutes', 'hour'],
    ['device_days', 'day'],
  ])
    await store.command(
      `INSERT INTO builds (target, bucket, version, revision, source_rows)
       SELECT '${target}', ${bucket}, version, 0, sum(messages) FROM ${target} GROUP BY ${bucket}, version`,
    );
}

/** Fills a store as builds would have filled it. @returns device-days: days on which a device raised anything */
export async function fillNetwork(store: Store, deviceDays: number): Promise<number> {
  const hans = Math.ceil(deviceDays / (2.5 * DAYS));
  await register(store);
  await tellHistory(store, hans);
  const step = Math.max(1, Math.floor(CHUNK / (2.75 * hans)));
  for (let day = 0; day < DAYS; day += step) {
    await tellDays(store, hans, day, Math.min(step, DAYS - day));
    process.stderr.write(`\r${Math.min(DAYS, day + step)} of ${DAYS} days   `);
  }
  process.stderr.write('\n');
  await commit(store);
  const [row] = await store.rows<{ found: number }>(
    'SELECT sum(devices) AS found FROM (SELECT day, uniqExact(device) AS devices FROM device_days GROUP BY day)',
    {},
    { optimize_aggregation_in_order: 1 },
  );
  return row!.found;
}
