/** A table that a block's rows go to, with its columns in the order in which rows are written. */
interface RowTable {
  readonly table: string;
  readonly columns: readonly string[];
}

/** Where the blocks of one kind of stream are kept. */
export interface DeliveryTables {
  /** One row per block and hour. */
  readonly ledger: string;
  /** One row per accepted message. */
  readonly messages: RowTable & {
    /** Tells the rows of the slice `{part:String}` from those of the block's other slices, if there can be any. */
    readonly ofPart?: string;
  };
  /** Further tables, with rows for some of the messages; a slice's part is the table's name. */
  readonly beside: readonly RowTable[];
}

/** What the message itself says, and where it was found. */
export const ALERT_CORE_COLUMNS = [
  'stream',
  'partition',
  'offset',
  'planned_at',
  'received_at',
  'raised_at',
  'device',
  'originator',
  'target',
  'counter',
  'alert_code',
  'message_code',
  'alerts',
  'encoding',
] as const;

/** All columns of `alerts`: behind the core's the two that differ from device to device, then what many have in common. */
export const ALERT_COLUMNS = [
  ...ALERT_CORE_COLUMNS,
  'hub',
  'clock_suspect',
  'device_kind',
  'manufacturer',
  'model',
  'firmware',
  'smets',
  'cohort',
  'region',
  'hub_release',
  'supplier',
  'gas_supplier',
  'network_operator',
  'han_state',
  'responsible_party',
  'suppression',
  'reason',
  'remedy',
  'remedy_reason',
  'acting_party',
] as const;

/** The columns of `device_history` that are written, in the table's order. */
export const HISTORY_COLUMNS = [
  'stream',
  'partition',
  'offset',
  'planned_at',
  'recorded_at',
  'effective_at',
  'device',
  'source',
  'event',
  'event_id',
  'kind',
  'manufacturer',
  'model',
  'firmware',
  'smets',
  'cohort',
  'region',
  'hub',
  'hub_release',
  'supplier',
  'gas_supplier',
  'network_operator',
  'han_state',
  'credentials',
  'version',
  'phase',
  'reason',
  'code',
  'setting',
  'via',
  'role',
] as const;

const DEVICE_HISTORY: RowTable = { table: 'device_history', columns: HISTORY_COLUMNS };

/** A slice's part is a day of `alerts`, or `device_history` for what alerts tell of firmware. */
export const alertTables = (columns: readonly string[]): DeliveryTables => ({
  ledger: 'blocks',
  messages: { table: 'alerts', columns, ofPart: 'toDate(received_at) = toDate({part:String})' },
  beside: [DEVICE_HISTORY],
});

/** A block has one slice, `device_history`. */
export const INVENTORY_TABLES: DeliveryTables = {
  ledger: 'inventory_blocks',
  messages: DEVICE_HISTORY,
  beside: [],
};
