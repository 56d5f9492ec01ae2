import { bucketOf, TARGETS, type Target } from '../builder/targets.ts';
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
  const open = await openDays(store);
  for (const day of open) await sealDay(store, day);
  const left = open.length > 0 ? await openDays(store) : [];
  const sealed = open.filter((day) => !left.includes(day));
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

/** Days before the declared one that have messages and are not wholly sealed yet. */
async function openDays(store: Store): Promise<string[]> {
  const rows = await store.rows<{ day: string }>(
    `SELECT toString(date) AS day FROM (${ledgerDays('hour < (SELECT max(before) FROM sealed)')}) AS ledger
     LEFT JOIN (${SEALED_DAYS}) AS seal USING (date)
     WHERE sealed != buckets ORDER BY date`,
  );
  return rows.map(({ day }) => day);
}

/**
 * One insert, and one part: all buckets of the day or none, by what this one query sees of them. Asked beforehand they
 * might be fresh, and one of them stale by the time of the insert.
 */
async function sealDay(store: Store, day: string): Promise<void> {
  const versions = TARGETS.map((target) => versionsOf(store, target)).join(' UNION ALL ');
  await store.command(
    `INSERT INTO sealed_versions (target, bucket, version)
     SELECT target, bucket, version
     FROM (SELECT *, countIf(toUInt128(version) = 0) OVER () AS stale FROM (${versions}))
     WHERE stale = 0 ORDER BY target, bucket`,
    { day },
    { max_insert_threads: '1' },
  );
}

const versionsOf = (store: Store, { table, bucketSeconds }: Target): string =>
  `SELECT '${table}' AS target, bucket, version FROM ${store.database}.bucket_versions(target = '${table}',
     seconds = ${bucketSeconds}, from = toDateTime({day:Date}, 'UTC'), to = toDateTime({day:Date} + 1, 'UTC'))`;

/** By day of the ledger's hours for which `where` holds: the buckets, of all targets, that it has to have. */
const ledgerDays = (where: string): string =>
  `SELECT toDate(hour) AS date, ${TARGETS.map((target) => `uniqExact(${bucketOf(target, 'hour')})`).join(' + ')} AS buckets
   FROM (SELECT hour FROM blocks WHERE ${where} GROUP BY hour HAVING sum(hour_accepted) > 0) GROUP BY date`;

/** By day: the buckets that are sealed, and when the last of them was. */
const SEALED_DAYS =
  'SELECT toDate(bucket) AS date, uniqExact(target, bucket) AS sealed, max(at) AS sealed_at FROM sealed_versions GROUP BY date';

/** Days every bucket of which is sealed, whose raw rows are still there and that no query reads any more. */
async function droppableDays(store: Store, queriesSeconds: number): Promise<string[]> {
  const rows = await store.rows<{ day: string }>(
    `SELECT toString(date) AS day
     FROM (${ledgerDays('toDate(hour) IN (SELECT DISTINCT toDate(received_at) FROM alerts)')}) AS ledger
     INNER JOIN (${SEALED_DAYS}) AS seal USING (date)
     WHERE sealed = buckets AND sealed_at < now64(6) - {queries:UInt32}
     ORDER BY date`,
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
