/** A derived table, and how its rows follow from those of `alerts`. */
export interface Target {
  /** The table, and its name in `builds`. */
  readonly table: string;
  /** The column with the bucket's beginning, and how long a bucket is. */
  readonly bucket: 'hour' | 'day';
  readonly bucketSeconds: number;
  /** What tells the rows of a bucket apart: columns and their expressions over `alerts`. */
  readonly key: Readonly<Record<string, string>>;
  /** What is counted, likewise. `messages` is in every target: by it a build is held against the ledger. */
  readonly values: Readonly<Record<string, string>> & { readonly messages: string };
  /** Whether no row is of two devices, so that a build of many messages can go by shares of them. */
  readonly ofOneDevice: boolean;
}

const HOUR = { bucket: 'hour', bucketSeconds: 3600 } as const;
const DAY = { bucket: 'day', bucketSeconds: 86_400 } as const;

const columns = (...names: string[]) => Object.fromEntries(names.map((name) => [name, name]));
const VOLUME = { alerts: 'sum(alerts)', messages: 'count()' };
// Of the messages of one moment, the one that stands last in the log. As one number and one text, of which a group keeps a
// single pair: a whole nation has millions of groups, and a tuple in each of five states took more memory than there is.
const PLACE = `bitShiftLeft(toUInt128(toUnixTimestamp64Milli(received_at)), 80)
  + bitShiftLeft(toUInt128(offset), 16) + partition`;
const LAST_COLUMNS = ['device_kind', 'manufacturer', 'model', 'firmware', 'region'];
const LAST = `splitByChar('\\0', argMax(concatWithSeparator('\\0', ${LAST_COLUMNS.join(', ')}), ${PLACE}))`;
const last = (column: string) => `${LAST}[${LAST_COLUMNS.indexOf(column) + 1}]`;

/** Every table that is derived from `alerts`. They are built and verified alike, and a day is sealed in all at once. */
export const TARGETS: readonly Target[] = [
  {
    table: 'rollup_hours',
    ...HOUR,
    key: columns(
      'alert_code',
      'device_kind',
      'manufacturer',
      'model',
      'firmware',
      'region',
      'supplier',
      'gas_supplier',
      'network_operator',
      'responsible_party',
      'suppression',
      'reason',
      'remedy',
      'remedy_reason',
      'acting_party',
    ),
    values: { ...VOLUME, devices: 'uniqState(device)' },
    ofOneDevice: false,
  },
  {
    table: 'load_minutes',
    ...HOUR,
    key: {
      minute: 'toStartOfMinute(received_at)',
      ...columns('region', 'device_kind', 'responsible_party'),
    },
    values: VOLUME,
    ofOneDevice: false,
  },
  {
    table: 'device_days',
    ...DAY,
    key: columns('device', 'alert_code'),
    values: {
      ...VOLUME,
      ...Object.fromEntries(LAST_COLUMNS.map((column) => [column, last(column)])),
      first_at: 'min(received_at)',
      last_at: 'max(received_at)',
    },
    ofOneDevice: true,
  },
];

/** The beginning of the bucket in which a column of the alerts falls. */
export const bucketOf = ({ bucket }: Target, column: string): string =>
  bucket === 'hour' ? `toStartOfHour(${column})` : `toStartOfDay(${column})`;
