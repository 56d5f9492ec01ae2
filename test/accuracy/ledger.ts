import type { Store } from '@tocsin/clickhouse';
import { insertRows } from '../support/store-feed.ts';

/** Queries choose builds that were there before the second in which they begin. */
const BUILT = '2020-12-31 00:00:00';

/** A bucket of a derived table, by its beginning (UTC, as text), and the messages in it. */
export interface Built {
  target: 'device_days' | 'load_minutes' | 'rollup_hours';
  bucket: string;
  messages: number;
}

/** What processors and builder leave beside the rows of `version`: the ledger, and the commits of its buckets. */
export async function writeLedger(
  store: Store,
  version: string,
  hours: readonly { hour: string; messages: number }[],
  builds: readonly Built[],
): Promise<void> {
  await insertRows(
    store,
    'blocks',
    hours.map(({ hour, messages }, place) => ({
      ...{ hour, stream: 'cluster/alerts/1', partition: 0, first_offset: place, last_offset: place },
      ...{ planned_at: hour, rule_version: '1', checksum: version, records: messages, accepted: messages },
      ...{ rejected: 0, duplicates: 0, hour_accepted: messages },
    })),
  );
  await insertRows(
    store,
    'builds',
    builds.map(({ target, bucket, messages }) => ({
      ...{ target, bucket, version, revision: 0, source_rows: messages, at: BUILT },
    })),
  );
}

/** As `insertRows`, of many rows: as tab separated text. */
export async function insertLines(
  store: Store,
  table: string,
  columns: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): Promise<void> {
  if (rows.length === 0) return;
  const body = rows.map((row) => row.join('\t')).join('\n');
  await store.insert({ table, columns, format: 'TabSeparated', body });
}
