import { ANNOTATIONS } from '../clickhouse/annotations.ts';
import { HOURS } from '../clickhouse/query.ts';
import { meaningOf } from '../clickhouse/registry.ts';
import { buildDashboard } from '../dashboard.ts';
import { CLICKHOUSE_SOURCE, choice } from '../variables.ts';
import { ALERT_PANELS } from './alerts.ts';
import { DEVICE_PANELS } from './devices.ts';
import { EFFECT_PANELS } from './effects.ts';

const VOLUME = `alert_by_firmware(${HOURS})`;

const MODEL = choice(
  'model',
  'Model',
  `SELECT DISTINCT concat(manufacturer, ' ', model) AS name FROM ${VOLUME} WHERE model != '' ORDER BY name`,
);
const CODE = choice(
  'code',
  'Code',
  `SELECT alert_code, trimBoth(concat(alert_code, ' ', ${meaningOf('alert_code')})) FROM ${VOLUME} GROUP BY alert_code ORDER BY alert_code`,
);

export const rollouts = buildDashboard({
  uid: 'tocsin-rollouts',
  title: 'Firmware rollouts',
  description:
    'What each firmware did, with its interval, its side effects and the devices that fell silent; how far it has come, what became of the alerts of its model, and which devices fail to take it.',
  range: 'now-60d',
  refresh: '15m',
  variables: [CLICKHOUSE_SOURCE, MODEL, CODE],
  annotations: ANNOTATIONS,
  rows: {
    'What did rollouts do?': EFFECT_PANELS,
    'What became of the alerts?': ALERT_PANELS,
    'How far is it, and who is blocked?': DEVICE_PANELS,
  },
});
