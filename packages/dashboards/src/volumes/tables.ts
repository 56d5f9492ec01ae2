import { CLICKHOUSE, DAYS, HOURS, rows, utc } from '../clickhouse/query.ts';
import { meaningOf } from '../clickhouse/registry.ts';
import { linkTo } from '../dashboard.ts';
import { cell, columnLink, columnUnit, table } from '../panels.ts';
import { CHOSEN, OF_DEVICE } from './choices.ts';

/** A click on a cell leaves only what stands in it; what else was chosen stays. */
const narrow = (column: string, variable: string) => {
  const others = ['code', 'firmware', 'party', 'region'].filter((name) => name !== variable);
  const kept = ['by', ...others].map((name) => `\${${name}:queryparam}`).join('&');
  return [
    ...columnUnit('string'),
    ...columnLink(
      `Only ${cell(column)}`,
      linkTo('tocsin-volumes', `${kept}&var-${variable}=${cell(column)}`),
    ),
  ];
};

const COMBINATIONS = table({
  from: CLICKHOUSE,
  title: 'Code × firmware × party × region',
  description:
    'The hundred combinations with the most alerts, as alerts a day over the time range. A click on a cell narrows everything above to what stands in it.',
  unit: 'short',
  none: 'No alerts of what is chosen',
  queries: [
    rows(`
SELECT alert_code AS "Code", ${meaningOf('alert_code')} AS "Meaning", trimBoth(concat(manufacturer, ' ', model)) AS "Model", firmware AS "Firmware",
  responsible_party AS "Party", region AS "Region", sum(alerts) / ${DAYS} AS "Alerts a day", sum(messages) AS "Messages",
  uniqMerge(devices_state) AS "Devices"
FROM alert_volume(${HOURS})
WHERE ${CHOSEN}
GROUP BY alert_code, manufacturer, model, firmware, responsible_party, region
ORDER BY sum(alerts) DESC, alert_code, firmware, responsible_party, region
LIMIT 100`),
  ],
})
  .overrideByName('Code', narrow('Code', 'code'))
  .overrideByName('Firmware', narrow('Firmware', 'firmware'))
  .overrideByName('Party', narrow('Party', 'party'))
  .overrideByName('Region', narrow('Region', 'region'));

const TOP_DEVICES = table({
  from: CLICKHOUSE,
  title: 'Devices with the most alerts',
  description:
    'The hundred devices with the most alerts of a code, over the UTC days that the time range touches. Code, firmware and region narrow it; a party does not.',
  unit: 'short',
  none: 'No alerts of what is chosen',
  queries: [
    rows(`
SELECT device AS "Device", alert_code AS "Code", device_kind AS "Kind", trimBoth(concat(manufacturer, ' ', model)) AS "Model",
  firmware AS "Firmware", region AS "Region", alerts AS "Alerts", messages AS "Messages", first_at AS "First", last_at AS "Last"
FROM top_devices(from = ${utc("toStartOfDay($__fromTime, 'UTC')")}, to = ${utc('$__toTime')})
WHERE ${OF_DEVICE}
ORDER BY alerts DESC, device, alert_code
LIMIT 100`),
  ],
})
  .overrideByName('Code', narrow('Code', 'code'))
  .overrideByName('Firmware', narrow('Firmware', 'firmware'))
  .overrideByName('Region', narrow('Region', 'region'))
  .overrideByName('Device', columnUnit('string'))
  .overrideByName('First', columnUnit('dateTimeAsIso'))
  .overrideByName('Last', columnUnit('dateTimeAsIso'));

export const TABLE_PANELS = [COMBINATIONS.span(24).height(12), TOP_DEVICES.span(24).height(12)];
