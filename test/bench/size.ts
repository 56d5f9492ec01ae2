import { parseArgs } from 'node:util';
import { buildBuckets, createStore, type Store, TARGETS } from '@tocsin/clickhouse';
import { startEngine } from '../support/fresh-store.ts';
import { countFresh } from '../support/targets.ts';
import { until } from '../support/until.ts';
import { readSizes, type Size } from './table-sizes.ts';

const USAGE = `Usage: npm run bench:size -- [options]

Fills a store of its own with alerts over half a year and a ledger of a whole one, builds every derived table, and asks
for half a year. Prints rows and bytes on disk, seconds to build a million alerts, and milliseconds an answer takes (the
median of 9): with every bucket fresh, and with one late alert in the middle. How many rows a rollup has depends on how
dense its hours are: a store that there is tells what its own alerts take, by --url.

  --messages N   messages (5000000)
  --blocks N     blocks of the ledger (1000000)
  --url URL      the sizes of a store that there is, and nothing else
  --database D   of that store (tocsin)
  --json         print one JSON object
  --help
Exit codes: 0 measured; 1 failed; 2 wrong usage.
`;

const DAYS = 180;
const LEDGER_DAYS = 365;
const BEGIN = Date.UTC(2020, 1, 1) / 1000;
const DAY = 86_400;
const CHUNK = 1_000_000;
const ROUNDS = 9;
/** As many as the builder takes on. */
const BUCKETS_AT_ONCE = 24;
const RANGE = `from = toDateTime(${BEGIN}, 'UTC'), to = toDateTime(${BEGIN + DAYS * DAY}, 'UTC')`;
const SETTINGS = { max_insert_threads: '1', max_partitions_per_insert_block: '0' } as const;

/**
 * Alerts of devices that each have a model, firmware, region and parties; few devices raise most, more by day than by
 * night. The ledger's blocks each have one hour, as they have when the processor keeps up.
 */
async function fill(store: Store, messages: number, blocks: number): Promise<void> {
  const hours = DAYS * 24;
  for (let from = 0; from < messages; from += CHUNK)
    await store.command(
      `INSERT INTO alerts (stream, partition, offset, planned_at, received_at, raised_at, device, originator, target, counter,
         alert_code, message_code, alerts, encoding, device_kind, manufacturer, model, firmware, smets, region, supplier,
         network_operator, responsible_party, suppression, reason, remedy, acting_party)
       WITH intDiv(number * {hours:UInt64}, {messages:UInt64}) AS hour, cityHash64(number) AS any,
         toUInt64(pow((any % 1000003) / 1000003, 3) * 200000) AS who, any % 9 AS which
       SELECT 'c/alerts/1', number % 4, intDiv(number, 4), at, at, at - 1, leftPad(hex(who * 2654435761 + 0x00DB000000000000), 16, '0'), leftPad(hex(who), 16, '0'),
         '90B3D51F30030001', number, ['8F3E', '8F12', '8014', '8015', '8002', '8003', '81A0', 'AD1', '8F30'][which + 1], 102, 1 + (any % 97 = 0) * 9, 'json',
         ['CHF', 'ESME', 'GSME'][who % 3 + 1], ['WNC', 'Kestrel', 'Harrow'][who % 3 + 1],
         concat('M-', toString(who % 3), '-', toString(who % 2)), concat('1.', toString((who + intDiv(hour, 1000)) % 4)), 'SMETS2',
         ['North', 'Central', 'South'][who % 7 % 3 + 1], concat('sup-', toString(who % 12)), concat('dno-', toString(who % 18)),
         concat('dno-', toString(who % 18)), ['always-on', 'unstoppable', 'suppressible'][who % 18 % 3 + 1],
         ['code', 'not-a-dcc-user', 'service-request'][who % 18 % 3 + 1], ['none', 'released'][which % 2 + 1], ''
       FROM (
         SELECT number, toDateTime64({begin:UInt32} + intDiv(number * {hours:UInt64}, {messages:UInt64}) * 3600 + cityHash64(number, 1) % 3600, 3, 'UTC') AS at
         FROM numbers({from:UInt64}, {count:UInt64})
       )`,
      { hours, messages, begin: BEGIN, from, count: Math.min(CHUNK, messages - from) },
      SETTINGS,
    );
  await store.command(
    `INSERT INTO blocks (hour, stream, partition, first_offset, last_offset, planned_at, rule_version, checksum, records, accepted, hour_accepted)
     WITH {blocks:UInt64} * {days:UInt64} / {all:UInt64} AS within,
       toDateTime({begin:UInt32} + intDiv(number * {all:UInt64} * 24, {blocks:UInt64}) * 3600, 'UTC') AS hour
     SELECT hour, 'c/alerts/1', number % 4, number, number, hour, '1', hex(cityHash64(number)), 1, 1, 0
     FROM numbers({blocks:UInt64})`,
    { blocks, days: DAYS, all: LEDGER_DAYS, begin: BEGIN },
    SETTINGS,
  );
  await store.command(
    `INSERT INTO blocks (hour, stream, partition, first_offset, last_offset, planned_at, rule_version, checksum, records, accepted, hour_accepted)
     SELECT toStartOfHour(received_at) AS at, 'c/alerts/1', 9, 0, 0, at, '1', '', count(), count(), count() FROM alerts GROUP BY at`,
  );
}

async function build(store: Store): Promise<Record<string, number>> {
  const seconds: Record<string, number> = {};
  for (const target of TARGETS) {
    const step = BUCKETS_AT_ONCE * target.bucketSeconds;
    const begun = performance.now();
    for (let day = BEGIN; day < BEGIN + DAYS * DAY; day += step) {
      const left = (BEGIN + DAYS * DAY - day) / target.bucketSeconds;
      const buckets = Array.from({ length: Math.min(BUCKETS_AT_ONCE, left) }, (_, i) =>
        new Date((day + i * target.bucketSeconds) * 1000).toISOString().slice(0, 19).replace('T', ' '),
      );
      await buildBuckets(store, target, buckets);
    }
    seconds[target.table] = (performance.now() - begun) / 1000;
    const all = (DAYS * DAY) / target.bucketSeconds;
    await until(`${target.table} to be fresh`, async () => (await countFresh(store, target)) === all);
  }
  return seconds;
}

/** Median milliseconds of an answer, by question. */
async function time(store: Store): Promise<Record<string, number>> {
  const questions: Record<string, string> = {
    bucket_versions: `SELECT count() FROM bucket_versions(target = 'rollup_hours', seconds = 3600, ${RANGE})`,
    'alert_volume by code': `SELECT alert_code, sum(v.alerts), sum(v.messages) FROM alert_volume(${RANGE}) AS v GROUP BY alert_code`,
    'alert_volume by day and region': `SELECT toDate(hour) AS day, region, sum(v.alerts) FROM alert_volume(${RANGE}) AS v GROUP BY day, region`,
    alert_stoppability: `SELECT * FROM alert_stoppability(${RANGE})`,
    alert_by_firmware: `SELECT * FROM alert_by_firmware(${RANGE})`,
    top_devices: `SELECT * FROM top_devices(${RANGE}) ORDER BY alerts DESC LIMIT 100`,
    'feed_completeness, last week': `SELECT * FROM feed_completeness(from = toDateTime(${BEGIN + (DAYS - 7) * DAY}, 'UTC'), to = toDateTime(${BEGIN + DAYS * DAY}, 'UTC'))`,
    freshness: 'SELECT * FROM freshness',
  };
  const took: Record<string, number> = {};
  for (const [name, question] of Object.entries(questions)) {
    const rounds: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const begun = performance.now();
      await store.rows(question);
      rounds.push(performance.now() - begun);
    }
    took[name] = rounds.sort((a, b) => a - b)[(ROUNDS - 1) / 2]!;
  }
  return took;
}

const lateAlert = (store: Store) =>
  store
    .command(
      `INSERT INTO blocks SELECT * REPLACE (10 AS partition, 1 AS hour_accepted) FROM blocks
       WHERE hour = toDateTime(${BEGIN + 90 * DAY}, 'UTC') AND partition = 9`,
    )
    .then(() =>
      store.command(
        `INSERT INTO alerts SELECT * REPLACE (10 AS partition, 0 AS offset) FROM alerts
         WHERE toStartOfHour(received_at) = toDateTime(${BEGIN + 90 * DAY}, 'UTC') LIMIT 1`,
      ),
    );

interface Report {
  readonly sizes: Size[];
  readonly buildSecondsAMillion: Record<string, number>;
  readonly answerMs: Record<string, { fresh: number; late: number }>;
}

async function measureStore(url: string, database: string): Promise<Report> {
  const store = createStore({ url, database });
  try {
    return { sizes: await readSizes(store), buildSecondsAMillion: {}, answerMs: {} };
  } finally {
    await store.close();
  }
}

async function measure(messages: number, blocks: number): Promise<Report> {
  const engine = await startEngine();
  try {
    const store = await engine.freshStore();
    await fill(store, messages, blocks);
    const seconds = await build(store);
    const sizes = await readSizes(store);
    const fresh = await time(store);
    await lateAlert(store);
    const late = await time(store);
    return {
      sizes,
      buildSecondsAMillion: Object.fromEntries(
        TARGETS.map(({ table }) => [table, (seconds[table]! * 1e6) / messages]),
      ),
      answerMs: Object.fromEntries(
        Object.keys(fresh).map((name) => [name, { fresh: fresh[name]!, late: late[name]! }]),
      ),
    };
  } finally {
    await engine.stop();
  }
}

function show({ sizes, buildSecondsAMillion, answerMs }: Report): string {
  const line = (name: string, ...cells: string[]) =>
    `${name.padEnd(34)}${cells.map((cell) => cell.padStart(16)).join('')}\n`;
  const lines = [line('', 'rows', 'bytes a message', 'rows a million')];
  for (const { table, rows, bytesAMessage, rowsAMillion } of sizes)
    lines.push(line(table, String(rows), bytesAMessage.toFixed(1), rowsAMillion.toFixed(0)));
  for (const [i, [table, seconds]] of Object.entries(buildSecondsAMillion).entries())
    lines.push(i === 0 ? line('\nto build', 's a million') : '', line(table, seconds.toFixed(2)));
  for (const [i, [name, { fresh, late }]] of Object.entries(answerMs).entries())
    lines.push(
      i === 0 ? line('\nto answer, over 180 days', 'all fresh, ms', 'one late, ms') : '',
      line(name, fresh.toFixed(0), late.toFixed(0)),
    );
  return lines.join('');
}

const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '5000000' },
    blocks: { type: 'string', default: '1000000' },
    url: { type: 'string' },
    database: { type: 'string', default: 'tocsin' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const [messages, blocks] = [Number(values.messages), Number(values.blocks)];
if (values.help) process.stdout.write(USAGE);
else if (![messages, blocks].every((value) => Number.isInteger(value) && value >= 10_000)) {
  process.stderr.write('error: --messages and --blocks are expected to be whole numbers of at least 10000\n');
  process.exitCode = 2;
} else {
  const report = await (values.url ? measureStore(values.url, values.database) : measure(messages, blocks));
  process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : show(report));
}
