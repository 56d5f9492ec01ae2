import { TARGETS, type Target } from '@tocsin/clickhouse';
import { expect } from 'vitest';
import { ALERTS, type Delivered, deliveredIn, expectDelivered } from './delivered.ts';
import { countProduced } from './kafka-tools.ts';
import type { Lane } from './lane.ts';
import { tocsin } from './service.ts';
import { until } from './until.ts';

interface Counts extends Delivered {
  /** Messages of committed builds that the views read: of the derived table that has the fewest. */
  readonly built: number;
  readonly view: number;
}

const EVER = "from = '1970-01-01 00:00:00', to = '2106-01-01 00:00:00'";

/** Messages of a target that the views read from it. */
const builtOf = ({ table, bucket, bucketSeconds }: Target) => `
  SELECT sum(messages) AS messages FROM ${table} WHERE (${bucket}, version) IN (
    SELECT bucket, version FROM bucket_versions(target = '${table}', seconds = ${bucketSeconds}, ${EVER})
  )`;

const COUNTS = `
  SELECT *
  FROM (${deliveredIn(ALERTS)}) AS delivered,
  (SELECT min(messages) AS built FROM (${TARGETS.map(builtOf).join(' UNION ALL ')})) AS builds,
  (SELECT sum(messages) AS view FROM alert_volume(${EVER})) AS volume`;

interface Expected {
  /** Records that consumers get to see; what Kafka's own tool counts unless given. */
  readonly produced?: number;
  /** Distinct sound messages. A feed that lost an answer sends again, so the other counts may be above its truth. */
  readonly accepted?: number;
}

/** After an outage the client's own pauses between tries, and the group's session, come before the first block. */
const STANDSTILL_MS = 150_000;

/** Waits until the ledger has `records` records, for as long as it grows. */
export async function untilLedgered(
  { store, name }: Pick<Lane, 'store' | 'name'>,
  records: number,
): Promise<void> {
  const query = `SELECT sum(r) AS n FROM (
    SELECT any(records) AS r FROM blocks GROUP BY stream, partition, first_offset)`;
  let ledgered = -1;
  while (ledgered < records) {
    const before = ledgered;
    ledgered = await until(
      `more than ${before} of ${records} records of ${name} in the ledger`,
      async () => {
        const [row] = await store.rows<{ n: number }>(query);
        return row && row.n > before ? row.n : null;
      },
      STANDSTILL_MS,
    );
  }
}

/**
 * Waits until all that was produced is delivered and built, then demands that Kafka's count, the ledger's, the raw
 * table's, the builds' and the view's are the same, and that `tocsin verify` proves it.
 */
export async function prove(lane: Lane, expected: Expected = {}): Promise<Counts> {
  const produced = expected.produced ?? (await countProduced(lane.brokers, lane.topic));
  await untilLedgered(lane, produced);
  const builder = lane.builder();
  const counts = await until(`every hour of ${lane.name} built`, async () => {
    const [now] = await lane.store.rows<Counts>(COUNTS);
    return now && now.rawRows >= now.accepted && now.built >= now.accepted ? now : null;
  });
  await builder.kill('SIGTERM');
  expectDelivered(counts, produced);
  const { accepted } = counts;
  expect(counts).toEqual({
    ...counts,
    accepted: expected.accepted ?? accepted,
    built: accepted,
    view: accepted,
  });
  const proof = await verify(lane);
  expect(proof).toMatchObject({ ok: true });
  return counts;
}

/** What `tocsin verify --json` says. */
export async function verify(lane: Lane, env = lane.env) {
  const { code, stdout, stderr } = await tocsin(['verify', '--json'], env);
  if (stdout === '') throw new Error(`verify ended with ${code}: ${stderr}`);
  return JSON.parse(stdout) as {
    ok: boolean;
    store: {
      counts: Record<'records' | 'accepted' | 'rejected' | 'duplicates' | 'rawRows', number>;
      inventory: { counts: Record<'records' | 'accepted' | 'rejected' | 'duplicates' | 'rawRows', number> };
      violations: Record<string, number>;
      differences: { check: string }[];
    };
    log: { behind: number; differences: { check: string }[] } | null;
  };
}
