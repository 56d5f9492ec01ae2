import { HOURS } from '../clickhouse/query.ts';
import { meaningOf, nameOf } from '../clickhouse/registry.ts';
import { choice, chosen, option } from '../variables.ts';

const VOLUME = `alert_volume(${HOURS})`;

/** Devices that aren't known have no firmware and no region: they are in All, and can't be chosen. */
export const CHOICES = [
  choice(
    'code',
    'Code',
    `SELECT alert_code, trimBoth(concat(alert_code, ' ', ${meaningOf('alert_code')})) FROM ${VOLUME} GROUP BY alert_code ORDER BY alert_code`,
  ),
  choice(
    'firmware',
    'Firmware',
    `SELECT DISTINCT firmware FROM ${VOLUME} WHERE firmware != '' ORDER BY firmware`,
  ),
  choice(
    'party',
    'Party',
    `SELECT responsible_party, ${nameOf('responsible_party')} FROM ${VOLUME} WHERE responsible_party != '' GROUP BY responsible_party ORDER BY responsible_party`,
  ),
  choice('region', 'Region', `SELECT DISTINCT region FROM ${VOLUME} WHERE region != '' ORDER BY region`),
];

const DEVICE = [chosen('alert_code', 'code'), chosen('firmware', 'firmware'), chosen('region', 'region')];

/** What is chosen, of a view that has no party. */
export const OF_DEVICE = DEVICE.join(' AND ');

/** What is chosen, of a view with all four. */
export const CHOSEN = [...DEVICE, chosen('responsible_party', 'party')].join(' AND ');

const COLUMNS = {
  code: 'alert_code',
  firmware: 'firmware',
  party: 'responsible_party',
  region: 'region',
  supplier: 'supplier',
  model: "trimBoth(concat(manufacturer, ' ', model))",
  'what can be done': 'suppression',
};

/** By what series are told apart. */
export const BREAKDOWN = option(
  'by',
  'Broken down by',
  Object.fromEntries(Object.keys(COLUMNS).map((name) => [name, name])),
);

/** The value of the column that series are told apart by; the variable only picks one of those that stand here. */
export const KEY = `multiIf(${Object.entries(COLUMNS)
  .map(([name, column]) => `\${by:singlequote} = '${name}', ${column}`)
  .join(', ')}, '')`;
