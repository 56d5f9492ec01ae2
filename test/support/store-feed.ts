import type { Store } from '@tocsin/clickhouse';

/** One accepted message: `receivedAt` in seconds since the epoch, `alerts` the N of the message. */
export interface FedMessage {
  offset: number;
  receivedAt: number;
  code: string;
  device: number;
  alerts: number;
  /** What differs from that which goes by the device's number. */
  attributes?: Readonly<Record<string, string>>;
}

/** A block as a processor would deliver it. Offsets of rejected messages come first; duplicates leave no trace. */
export interface FedBlock {
  partition: number;
  first: number;
  last: number;
  accepted: FedMessage[];
  rejected: number[];
  duplicates: number;
}

export const STREAM = 'cluster/alerts/1';
export const HOUR = 3600;

/** `YYYY-MM-DD hh:mm:ss`, UTC. */
const timeText = (seconds: number): string =>
  new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');

export const hourText = (seconds: number): string => timeText(Math.floor(seconds / HOUR) * HOUR);

/** A block of `size` records over the given hours, told apart by its partition and first offset. */
export function makeBlock(
  partition: number,
  first: number,
  hours: readonly number[],
  size: number,
): FedBlock {
  const rejected = [first, first + 1];
  const accepted = Array.from({ length: size - 3 }, (_, i) => ({
    offset: first + 2 + i,
    receivedAt: hours[i % hours.length]! + ((first + i) % HOUR),
    code: ['8F3E', '8014', 'AD1'][i % 3]!,
    device: (first + i) % 40,
    alerts: 1 + (i % 5),
  }));
  // The block's last offset is a duplicate's, the one after it a hole of the log.
  return { partition, first, last: first + size, accepted, rejected, duplicates: 1 };
}

/** What is known of a device by its number: enough to tell rows of every dimension apart. */
const attributesOf = (device: number) => ({
  device_kind: device % 3 === 0 ? 'CHF' : 'ESME',
  manufacturer: ['WNC', 'EDMI', 'Kestrel'][device % 3]!,
  model: ['CS-1', 'NH-1', 'KM-200'][device % 3]!,
  firmware: ['1.10.4', '1.11.2'][device % 2]!,
  region: ['North', 'Central', 'South'][device % 3]!,
  supplier: `sup-0${device % 4}`,
  network_operator: `dno-0${device % 5}`,
  responsible_party: device % 3 === 0 ? 'csp-south' : `dno-0${device % 5}`,
  suppression: device % 3 === 0 ? 'always-on' : 'suppressible',
  reason: device % 3 === 0 ? 'code' : 'service-request',
  remedy: device % 7 === 0 ? 'released' : 'none',
  acting_party: device % 7 === 0 ? 'csp-south' : '',
});

/** Inserts rows of the same columns. */
export async function insertRows(store: Store, table: string, rows: readonly object[]): Promise<void> {
  const [first] = rows;
  if (!first) return;
  await store.insert({
    table,
    columns: Object.keys(first),
    format: 'JSONEachRow',
    body: rows.map((row) => JSON.stringify(row)).join('\n'),
  });
}

function countHours(messages: readonly FedMessage[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { receivedAt } of messages)
    counts.set(hourText(receivedAt), (counts.get(hourText(receivedAt)) ?? 0) + 1);
  return counts;
}

/** Ledger rows: before anything else of the blocks. `age` is that of their plans, in seconds. */
export async function feedLedger(store: Store, blocks: readonly FedBlock[], age = 60): Promise<void> {
  const planned_at = timeText(Math.floor(Date.now() / 1000) - age);
  const rows = blocks.flatMap(({ partition, first, last, accepted, rejected, duplicates }) =>
    [...countHours(accepted)].map(([hour, hour_accepted]) => ({
      hour,
      stream: STREAM,
      partition,
      first_offset: first,
      last_offset: last,
      planned_at,
      rule_version: '1',
      checksum: `${partition}-${first}`,
      records: accepted.length + rejected.length + duplicates,
      accepted: accepted.length,
      rejected: rejected.length,
      duplicates,
      hour_accepted,
    })),
  );
  await insertRows(store, 'blocks', rows);
}

/** The blocks' dead letters and raw rows. */
export async function feedRows(store: Store, blocks: readonly FedBlock[]): Promise<void> {
  const place = { stream: STREAM, planned_at: '2026-05-01 00:00:00' };
  const letters = blocks.flatMap(({ partition, rejected }) =>
    rejected.map((offset) => ({
      ...place,
      partition,
      offset,
      reason: offset % 2 === 0 ? 'not-an-alert' : 'too-late',
      taken_at: timeText(1_777_593_600 + offset),
      key: 'key',
      value: `value ${offset}`,
    })),
  );
  await insertRows(store, 'rejected', letters);
  const rows = blocks.flatMap(({ partition, accepted }) =>
    accepted.map(({ offset, receivedAt, code, device, alerts, attributes }) => ({
      ...place,
      partition,
      offset,
      received_at: timeText(receivedAt),
      raised_at: null,
      device: String(device).padStart(16, '0'),
      originator: '0'.repeat(16),
      target: '0'.repeat(16),
      counter: offset,
      alert_code: code,
      message_code: 0,
      alerts,
      encoding: 'json',
      ...attributesOf(device),
      ...attributes,
    })),
  );
  await insertRows(store, 'alerts', rows);
}

export async function feedBlocks(store: Store, ...blocks: readonly FedBlock[]): Promise<void> {
  await feedLedger(store, blocks);
  await feedRows(store, blocks);
}

/**
 * Corrects the raw rows for which `where` holds (SQL over `alerts`): their firmware becomes `firmware`. The rows go in
 * by halves and the revision is committed last, after `beforeCommit`. @returns rows corrected, by hour
 */
export async function correct(
  store: Store,
  where: string,
  firmware: string,
  beforeCommit: () => Promise<void> = async () => {},
): Promise<Map<string, number>> {
  const [made] = await store.rows<{ revision: string }>('SELECT toString(generateSnowflakeID()) AS revision');
  const params = { ...made, firmware };
  for (const half of [0, 1])
    await store.command(
      `INSERT INTO corrections SELECT {revision:UInt64}, * REPLACE ({firmware:String} AS firmware)
       FROM alerts WHERE (${where}) AND offset % 2 = ${half}`,
      params,
    );
  await beforeCommit();
  await store.command(
    `INSERT INTO revisions (hour, revision, corrected)
     SELECT toStartOfHour(received_at) AS hour, revision, count() FROM corrections
     WHERE revision = {revision:UInt64} GROUP BY hour, revision`,
    params,
  );
  const rows = await store.rows<{ hour: string; corrected: number }>(
    'SELECT toString(hour) AS hour, corrected FROM revisions WHERE revision = {revision:UInt64}',
    params,
  );
  return new Map(rows.map(({ hour, corrected }) => [hour, corrected]));
}
