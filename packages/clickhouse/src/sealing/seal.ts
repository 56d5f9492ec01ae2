import { TARGETS, type Target } from '../builder/targets.ts';
import type { Store } from '../client.ts';

export interface SealPolicy {
  /** Days for which raw rows are kept at least. */
  readonly keepDays: number;
  /** Longer than any query takes: so long raw rows stay after their day was sealed. */
  readonly queriesSeconds: number;
}

/**
 * Days by which a plan may be older than its clock says and still be carried out. Processors refuse what was received
 * before their retention by the plan's time, so that a day older than retention and this takes no more alerts.
 */
const DRAINED_DAYS = 2;
/** Plans of so many days ago may still stand somewhere under the rules of their time. */
const REMEMBERED_DAYS = 7;

/** Days before it (ms since the epoch) take no more alerts and no more corrections; 0 where nothing is sealed. */
export async function sealedBefore(store: Store): Promise<number> {
  const [row] = await store.rows<{ before: number }>(
    'SELECT toUnixTimestamp(max(before)) AS before FROM sealed',
  );
  return (row?.before ?? 0) * 1000;
}

/**
 * Brings retention one step on; call again and again. First it is declared from which day on all is open. Then each day
 * before it whose buckets are all fresh is sealed: its buckets keep their versions for ever, in one insert for all
 * targets. Last, when every query that began before is over, the day's raw rows are dropped. Killed anywhere, the next
 * call finds what is left to do.
 * @returns days sealed and days dropped by this call, `YYYY-MM-DD`
 */
export async function seal(
  store: Store,
  { keepDays, queriesSeconds }: SealPolicy,
): Promise<{ sealed: string[]; dropped: string[] }> {
  await declare(store, keepDays);
  const sealed: string[] = [];
  for (const day of await openDays(store)) if (await sealDay(store, day)) sealed.push(day);
  const dropped = await droppableDays(store, queriesSeconds);
  for (const day of dropped) await drop(store, day);
  return { sealed, dropped };
}

/** Nothing is declared as long as a processor's retention isn't known. */
async function declare(store: Store, keepDays: number): Promise<void> {
  await store.command(
    `INSERT INTO sealed (before)
     SELECT toStartOfDay(now('UTC') - greatest({keep:UInt32}, ceil(retention / 86400000) + ${DRAINED_DAYS}) * 86400) AS day
     FROM (
       SELECT count() AS partitions, countIf(longest > 0) AS known, max(longest) AS retention
       FROM (
         SELECT maxIf(toUInt64OrZero(extract(rule_version, 'retention=(\\\\d+)')),
             planned_at >= now64(3) - ${REMEMBERED_DAYS} * 86400 OR last_offset = end) AS longest
         FROM (SELECT *, max(last_offset) OVER (PARTITION BY stream, partition) AS end FROM blocks)
         GROUP BY stream, partition
       )
     )
     WHERE partitions > 0 AND known = partitions AND day > (SELECT max(before) FROM sealed)`,
    { keep: keepDays },
  );
}

/** Days with raw rows before the declared one that are not sealed yet. */
async function openDays(store: Store): Promise<string[]> {
  const rows = await store.rows<{ day: string }>(
    `SELECT DISTINCT toString(toDate(hour)) AS day FROM blocks
     WHERE hour_accepted > 0 AND hour < (SELECT max(before) FROM sealed)
       AND toDate(hour) NOT IN (SELECT toDate(bucket) FROM sealed_versions)
     ORDER BY day`,
  );
  return rows.map(({ day }) => day);
}

/** One insert, and one part: all buckets of the day or none. False while one of them has no fresh version. */
async function sealDay(store: Store, day: string): Promise<boolean> {
  const versions = TARGETS.map((target) => versionsOf(store, target)).join(' UNION ALL ');
  const [row] = await store.rows<{ stale: number }>(
    `SELECT countIf(toUInt128(version) = 0) AS stale FROM (${versions})`,
    { day },
  );
  if (row?.stale !== 0) return false;
  await store.command(
    `INSERT INTO sealed_versions (target, bucket, version) SELECT target, bucket, version FROM (${versions})
     WHERE toUInt128(version) != 0 ORDER BY target, bucket`,
    { day },
    { max_insert_threads: '1' },
  );
  return true;
}

const versionsOf = (store: Store, { table, bucketSeconds }: Target): string =>
  `SELECT '${table}' AS target, bucket, version FROM ${store.database}.bucket_versions(target = '${table}',
     seconds = ${bucketSeconds}, from = toDateTime({day:Date}, 'UTC'), to = toDateTime({day:Date} + 1, 'UTC'))`;

/** Sealed days whose raw rows are still there and that no query reads any more. */
async function droppableDays(store: Store, queriesSeconds: number): Promise<string[]> {
  const rows = await store.rows<{ day: string }>(
    `SELECT toString(day) AS day FROM (SELECT toDate(received_at) AS day FROM alerts GROUP BY day)
     WHERE day IN (
       SELECT toDate(bucket) AS sealed_day FROM sealed_versions
       GROUP BY sealed_day HAVING max(at) < now64(6) - {queries:UInt32}
     )
     ORDER BY day`,
    { queries: queriesSeconds },
  );
  return rows.map(({ day }) => day);
}

/** The raw rows last: as long as they are there, what else is to go is found again. */
async function drop(store: Store, day: string): Promise<void> {
  await store.command(
    'ALTER TABLE corrections DELETE WHERE toDate(received_at) = {day:Date}',
    { day },
    { mutations_sync: '2' },
  );
  await store.command(`ALTER TABLE alerts DROP PARTITION ${day.replaceAll('-', '')}`);
}
