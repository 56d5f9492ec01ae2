import { bucketOf, TARGETS, type Target } from '../builder/targets.ts';
import type { Store } from '../client.ts';
import { drainedPartitions } from './drained.ts';

/** For how long raw rows are kept: in days, and in seconds beyond the sealing of theirs. */
export interface SealPolicy {
  /** Days for which raw rows are kept at least. */
  readonly keepDays: number;
  /** Longer than any query takes: so long raw rows stay after their day was sealed. */
  readonly queriesSeconds: number;
}

/** Days before it (ms since the epoch) take no more alerts and no more corrections; 0 where nothing is sealed. */
export async function sealedBefore(store: Store): Promise<number> {
  const [row] = await store.rows<{ before: number }>(
    'SELECT toUnixTimestamp(max(before)) AS before FROM sealed',
  );
  return (row?.before ?? 0) * 1000;
}

/** What a step of retention came to; days are `YYYY-MM-DD`. */
export interface Sealing {
  readonly sealed: string[];
  readonly dropped: string[];
  /** Partitions that days wait for, `stream/partition`: plans from before the declaration may be under way there. */
  readonly undrained: string[];
}

/**
 * Brings retention one step on; call again and again. First it is declared from which day on all is open. Once the
 * processors have told that no older plan is under way, and every correction that had begun is over, each day before it
 * whose buckets are all fresh is sealed: its buckets keep their versions for ever, in one insert for all targets. Last,
 * when every query that began before is over, the day's raw rows are dropped. Killed anywhere, the next call finds what
 * is left to do.
 */
export async function seal(store: Store, { keepDays, queriesSeconds }: SealPolicy): Promise<Sealing> {
  await declare(store, keepDays);
  const open = await openDays(store);
  const partitions = open.length > 0 ? await drainedPartitions(store, queriesSeconds) : [];
  const due = open.filter((day) => partitions.every(({ before }) => Date.parse(day) < before));
  for (const day of due) await sealDay(store, day);
  const left = due.length > 0 ? await openDays(store) : open;
  const sealed = due.filter((day) => !left.includes(day));
  const dropped = await droppableDays(store, queriesSeconds);
  for (const day of dropped) await drop(store, day);
  const last = Date.parse(open.at(-1) ?? '');
  const undrained = partitions.filter(({ before }) => before <= last);
  return { sealed, dropped, undrained: undrained.map(({ stream, partition }) => `${stream}/${partition}`) };
}

async function declare(store: Store, keepDays: number): Promise<void> {
  await store.command(
    `INSERT INTO sealed (before)
     SELECT toStartOfDay(now('UTC') - {keep:UInt32} * 86400) AS day WHERE day > (SELECT max(before) FROM sealed)`,
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
