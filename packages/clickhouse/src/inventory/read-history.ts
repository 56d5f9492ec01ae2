import type { Store } from '../client.ts';
import type { Positions } from './positions.ts';

/** One row of the device history: who, when, and what changed by the number of a patch. EUI-64s in two halves. */
export interface HistoryRow {
  deviceHi: number;
  deviceLo: number;
  /** ms since the epoch. */
  at: number;
  patch: number;
  /** 0 and 0 where the hub is unchanged. */
  hubHi: number;
  hubLo: number;
}

/** What a row changes, as the table has it: null is unchanged, the empty text none. */
export interface HistoryPatch {
  kind: string | null;
  manufacturer: string | null;
  model: string | null;
  firmware: string | null;
  smets: string | null;
  cohort: string | null;
  region: string | null;
  hubRelease: string | null;
  supplier: string | null;
  gasSupplier: string | null;
  networkOperator: string | null;
  hanState: string | null;
  credentials: string | null;
  /** Of alert behaviour, elsewhere empty. */
  code: string;
  setting: string;
}

/** `after`: only devices that have rows from there on. */
export interface HistoryQuery {
  readonly after?: Positions;
  /** Rows before it only. */
  readonly through: Positions;
}

const PATCH_COLUMNS = [
  'kind',
  'manufacturer',
  'model',
  'firmware',
  'smets',
  'cohort',
  'region',
  'hub_release AS hubRelease',
  'supplier',
  'gas_supplier AS gasSupplier',
  'network_operator AS networkOperator',
  'han_state AS hanState',
  'credentials',
  'code',
  'setting',
].map((column) => ({ column, expression: column.split(' ')[0] as string }));

// Column by column, since the server then hashes the few texts of a column and not those of each row; a null has no
// hash, and no text of the inventory has a control character. Turned by its place, as two columns may have one text.
const PATCH = PATCH_COLUMNS.map(
  ({ expression }, place) => `bitRotateLeft(cityHash64(ifNull(${expression}, '\\0')), ${4 * place})`,
).reduce((all, one) => `bitXor(${all}, ${one})`);
const ROW_BYTES = 32;
const POSITION = `concat(stream, '/', toString(partition))`;

/**
 * Reads the device history in the order in which it holds, device by device: of two rows at one time the inventory's
 * before the device's own.
 * @param addPatch gives what a row changes a number, before the first row
 * @param take is given each row, always in the same object: rows are too many for one each
 * @throws Error when the answer broke off
 */
export async function readHistory(
  store: Store,
  { after, through }: HistoryQuery,
  addPatch: (patch: HistoryPatch) => number,
  take: (row: HistoryRow) => void,
): Promise<void> {
  const params = { after, through };
  // The same rows for both queries, whatever arrives in between.
  const before = `offset < {through:Map(String, UInt64)}[${POSITION}]`;
  const changed = `SELECT device FROM device_history WHERE ${before} AND offset >= {after:Map(String, UInt64)}[${POSITION}]`;
  const from = `FROM device_history WHERE ${before} ${after ? `AND device IN (${changed})` : ''}`;
  const patches = await readPatches(store, from, params, addPatch);
  const stream = await store.bytes(
    `SELECT ${[halves('device'), 'toFloat64(toUnixTimestamp64Milli(effective_at))', PATCH, halves("ifNull(hub, '')")].join(', ')}
     ${from} ORDER BY device, effective_at, source, stream, partition, offset FORMAT RowBinary`,
    params,
  );
  const row: HistoryRow = { deviceHi: 0, deviceLo: 0, at: 0, patch: 0, hubHi: 0, hubLo: 0 };
  let rest: Buffer = Buffer.alloc(0);
  let read = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    let at = 0;
    for (; at + ROW_BYTES <= bytes.length; at += ROW_BYTES) {
      row.deviceLo = bytes.readUInt32LE(at);
      row.deviceHi = bytes.readUInt32LE(at + 4);
      row.at = bytes.readDoubleLE(at + 8);
      row.patch = patches.numbers.get(keyOf(bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 16)))!;
      row.hubLo = bytes.readUInt32LE(at + 24);
      row.hubHi = bytes.readUInt32LE(at + 28);
      take(row);
      read++;
    }
    rest = bytes.subarray(at);
  }
  if (read !== patches.rows) throw new Error(`of ${patches.rows} rows of the device history ${read} arrived`);
}

/** Patches by their hash. They are few, as devices are told of in few ways. */
async function readPatches(
  store: Store,
  from: string,
  params: Record<string, unknown>,
  addPatch: (patch: HistoryPatch) => number,
): Promise<{ numbers: Map<number, number>; rows: number }> {
  const columns = PATCH_COLUMNS.map(({ column, expression }) =>
    column === expression
      ? `any(${column}) AS ${column}`
      : `any(${expression})${column.slice(expression.length)}`,
  );
  const found = await store.rows<HistoryPatch & { hi: number; lo: number; rows: number }>(
    `SELECT bitShiftRight(hash, 32) AS hi, bitAnd(hash, 0xffffffff) AS lo, count() AS rows, ${columns.join(', ')}
     FROM (SELECT ${PATCH} AS hash, ${PATCH_COLUMNS.map(({ expression }) => expression).join(', ')} ${from}) GROUP BY hash`,
    params,
  );
  const numbers = new Map<number, number>();
  let total = 0;
  for (const { hi, lo, rows, ...patch } of found) {
    numbers.set(keyOf(hi, lo), addPatch(patch));
    total += rows;
  }
  if (numbers.size !== found.length) throw new Error('two different patches have the same key');
  return { numbers, rows: total };
}

/** 53 bits of the hash: a whole number that a map finds quickly. */
const keyOf = (hi: number, lo: number): number => (hi >>> 11) * 2 ** 32 + lo;

const halves = (column: string): string => `reinterpretAsUInt64(reverse(unhex(${column})))`;
