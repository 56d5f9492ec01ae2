import type { Store } from '../client.ts';
import { formatMoment } from '../delivery/tab-separated.ts';
import { REGISTRY_TABLES } from '../registry/store-registry.ts';
import { type DataVersion, positionsOf, reached } from './data-version.ts';

/** Why answers about a period may be others than by a data version: what came since. */
export interface Since {
  /** Messages received in the period by their own time, delivered after the version. */
  readonly laterMessages: number;
  /** Dead letters put back since: they are among the later messages where they were of the period. */
  readonly redriven: number;
  /** Rows of the period that late inventory or a reattribution corrected, and the devices that these are of. */
  readonly corrected: number;
  readonly correctedDevices: number;
  /** Events of the inventory delivered since that hold before the end of the period, and the devices that they are of. */
  readonly inventoryEvents: number;
  readonly inventoryDevices: number;
  /** Kinds of the registry of which rows came or went. */
  readonly registries: readonly { readonly kind: string; readonly added: number; readonly removed: number }[];
  /** The schema, by which questions are asked, is another one: its newest migration; null: the same. */
  readonly schema: string | null;
}

/**
 * What came after a data version and may change an answer about a period.
 * @param from of the period, ms since the epoch
 * @param to likewise
 */
export async function readSince(
  store: Store,
  version: DataVersion,
  from: number,
  to: number,
): Promise<Since> {
  const period = { from: formatMoment(from), to: formatMoment(to) };
  const [later, redriven, corrected, inventory, registries, schema] = await Promise.all([
    readLater(store, version, period),
    readRedriven(store, version),
    readCorrected(store, version, period),
    readInventory(store, version, period),
    readRegistries(store, version),
    readSchema(store),
  ]);
  return {
    ...{ laterMessages: later, redriven, ...corrected, ...inventory, registries },
    schema: schema === reached(version, 'schema') ? null : schema,
  };
}

type Range = { from: string; to: string };

// A block begins after the one before it, so what begins after a position is what came since. Of a partition that is new: all.
const BEYOND = `toInt64(transform(concat(stream, '/', toString(partition)), {names:Array(String)}, {offsets:Array(Int64)}, toInt64(-1)))`;
const HOURS = `hour >= toStartOfHour({from:DateTime64(3, 'UTC')}) AND hour < {to:DateTime64(3, 'UTC')}`;

async function readLater(store: Store, version: DataVersion, period: Range): Promise<number> {
  const [row] = await store.rows<{ messages: number }>(
    `SELECT sum(hour_accepted) AS messages FROM blocks WHERE ${HOURS} AND toInt64(first_offset) > ${BEYOND}`,
    { ...period, ...positionsOf(version, 'alerts') },
  );
  return row!.messages;
}

async function readRedriven(store: Store, version: DataVersion): Promise<number> {
  const [row] = await store.rows<{ redriven: number }>(
    `SELECT uniqExact(stream, partition, offset) AS redriven FROM redriven
     WHERE state = 'produced' AND at > toDateTime64({at:String}, 3, 'UTC')`,
    { at: reached(version, 'redriven') ?? NEVER },
  );
  return row!.redriven;
}

async function readCorrected(store: Store, version: DataVersion, period: Range) {
  const [row] = await store.rows<{ corrected: number; correctedDevices: number }>(
    `SELECT count() AS corrected, uniqExact(device) AS correctedDevices FROM corrections
     WHERE (toStartOfHour(received_at), revision) IN (
       SELECT hour, revision FROM revisions WHERE ${HOURS} AND at > toDateTime64({at:String}, 6, 'UTC'))`,
    { ...period, at: reached(version, 'corrections') ?? NEVER },
  );
  return row!;
}

async function readInventory(store: Store, version: DataVersion, { to }: Range) {
  const [row] = await store.rows<{ inventoryEvents: number; inventoryDevices: number }>(
    `SELECT count() AS inventoryEvents, uniqExact(device) AS inventoryDevices FROM device_history
     WHERE source = 'inventory' AND effective_at < {to:DateTime64(3, 'UTC')} AND toInt64(offset) > ${BEYOND}`,
    { to, ...positionsOf(version, 'inventory') },
  );
  return row!;
}

async function readRegistries(store: Store, version: DataVersion): Promise<Since['registries']> {
  const [newest] = await store.rows<{ version: string }>(
    'SELECT version FROM registry_versions ORDER BY at DESC LIMIT 1',
  );
  const [old, now] = [reached(version, 'registry') ?? '', newest?.version ?? ''];
  if (old === now) return [];
  const counts = await Promise.all(
    REGISTRY_TABLES.map(async (kind) => {
      const rowsOf = (one: string) => `SELECT * EXCEPT version FROM ${kind} WHERE version = {${one}:String}`;
      const [row] = await store.rows<{ added: number; removed: number }>(
        `SELECT (SELECT count() FROM (${rowsOf('now')} EXCEPT ${rowsOf('old')})) AS added,
           (SELECT count() FROM (${rowsOf('old')} EXCEPT ${rowsOf('now')})) AS removed`,
        { old, now },
      );
      return { kind, ...row! };
    }),
  );
  return counts.filter(({ added, removed }) => added + removed > 0);
}

async function readSchema(store: Store): Promise<string | null> {
  const [row] = await store.rows<{ newest: string }>('SELECT max(name) AS newest FROM migrations');
  return row!.newest || null;
}

const NEVER = '1970-01-01 00:00:00';
