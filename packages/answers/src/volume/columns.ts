/** What volumes are told apart by, as it is asked for, and the columns of `party_volume` that have it. */
export const DIMENSIONS = {
  code: 'alert_code',
  firmware: 'firmware',
  model: 'model',
  manufacturer: 'manufacturer',
  kind: 'device_kind',
  region: 'region',
  supplier: 'supplier',
  'gas-supplier': 'gas_supplier',
  'network-operator': 'network_operator',
  'responsible-party': 'responsible_party',
  suppression: 'suppression',
  reason: 'reason',
  remedy: 'remedy',
  'acting-party': 'acting_party',
} as const;
export type Dimension = keyof typeof DIMENSIONS;
export const DIMENSION_NAMES = Object.keys(DIMENSIONS) as Dimension[];

/** What is counted: alerts are the sum of N, messages counts messages, devices the distinct ones (by estimate). */
export const MEASURES = {
  alerts: 'sum(volume.alerts)',
  messages: 'sum(volume.messages)',
  devices: 'uniqMerge(volume.devices_state)',
} as const;
export type Measure = keyof typeof MEASURES;
export const MEASURE_NAMES = Object.keys(MEASURES) as Measure[];

const inLondon = (beginning: string) => `toTimeZone(toDateTime(${beginning}, 'Europe/London'), 'UTC')`;

/** Beginning of the hour, or of London's day, week (from Monday on) or month. */
export const GRAINS = {
  none: '',
  hour: 'volume.hour',
  day: inLondon("toDate(volume.hour, 'Europe/London')"),
  week: inLondon("toMonday(volume.hour, 'Europe/London')"),
  month: inLondon("toStartOfMonth(volume.hour, 'Europe/London')"),
} as const;
export type Grain = keyof typeof GRAINS;
export const GRAIN_NAMES = Object.keys(GRAINS) as Grain[];
