import { CLICKHOUSE, DAYS, HOURS, rows } from '../clickhouse/query.ts';
import { meaningOf, nameOf } from '../clickhouse/registry.ts';
import { linkTo } from '../dashboard.ts';
import { cell, columnLink, columnUnit, table } from '../panels.ts';

const VOLUMES_OF_CODE = columnLink(
  `Volumes of ${cell('Code')}`,
  linkTo('tocsin-volumes', `var-code=${cell('Code')}`),
);
const VOLUMES_OF_PARTY = columnLink(
  `Volumes of ${cell('Party')}`,
  linkTo('tocsin-volumes', `var-party=${cell('Party')}`),
);

/** Who switches alerts off, or whose firmware ends them; by what; what that saves a day. */
const ACTIONS = table({
  from: CLICKHOUSE,
  title: 'Who can stop what now',
  description:
    'Each row is one thing to do: by whom, by which lever, on how many devices, and how many alerts a day it saves. Only what can be done now: a switch that the responsible party has, or firmware that is released and that the device can take. Greatest first.',
  unit: 'short',
  none: 'Nothing of this time range can be stopped now',
  queries: [
    rows(`
SELECT alert_code AS "Code", meaning AS "Meaning", party AS "Party", party_name AS "Who can act",
  if(again, format('{}, once more: it was switched off', lever_name), lever_name) AS "Lever",
  devices AS "Devices", alerts / ${DAYS} AS "Alerts a day saved"
FROM stoppable(${HOURS}, party = '')
ORDER BY alerts DESC, alert_code, "Party"
LIMIT 20`),
  ],
})
  .overrideByName('Code', [...columnUnit('string'), ...VOLUMES_OF_CODE])
  .overrideByName('Party', [...columnUnit('string'), ...VOLUMES_OF_PARTY]);

const TOP_CODES = table({
  from: CLICKHOUSE,
  title: 'Codes with the most alerts',
  description:
    'Alerts a day by code, and what part of them nobody can stop, or somebody could now. Devices are counted once, whatever they raise. A click on a code leads to its volumes.',
  unit: 'short',
  none: 'No alerts in this time range',
  queries: [
    rows(`
SELECT alert_code AS "Code", ${meaningOf('alert_code')} AS "Meaning", sum(alerts) / ${DAYS} AS "Alerts a day",
  sumIf(alerts, suppression = 'unstoppable') / sum(alerts) AS "Unstoppable",
  sumIf(alerts, suppression = 'suppressible' OR remedy = 'released' AND suppression NOT IN ('protected', 'unknown'))
    / sum(alerts) AS "Stoppable now",
  uniqMerge(devices_state) AS "Devices"
FROM alert_volume(${HOURS})
GROUP BY alert_code
ORDER BY sum(alerts) DESC, alert_code
LIMIT 20`),
  ],
})
  .overrideByName('Code', [...columnUnit('string'), ...VOLUMES_OF_CODE])
  .overrideByName('Unstoppable', columnUnit('percentunit', 1))
  .overrideByName('Stoppable now', columnUnit('percentunit', 1));

const TOP_PARTIES = table({
  from: CLICKHOUSE,
  title: 'Parties with the most alerts',
  description:
    'Alerts a day by the party that is responsible for them, and what part of them it can or can not stop. No party: the alert names none, and none is recorded for the device.',
  unit: 'short',
  none: 'No alerts in this time range',
  queries: [
    rows(`
SELECT responsible_party AS "Party", ${nameOf('responsible_party')} AS "Name",
  sum(alerts) / ${DAYS} AS "Alerts a day",
  sumIf(alerts, suppression = 'unstoppable') / sum(alerts) AS "Unstoppable",
  sumIf(alerts, suppression = 'suppressible') / sum(alerts) AS "Suppressible",
  uniqMerge(devices_state) AS "Devices"
FROM alert_volume(${HOURS})
GROUP BY responsible_party
ORDER BY sum(alerts) DESC, responsible_party
LIMIT 20`),
  ],
})
  .overrideByName('Party', [...columnUnit('string'), ...VOLUMES_OF_PARTY])
  .overrideByName('Unstoppable', columnUnit('percentunit', 1))
  .overrideByName('Suppressible', columnUnit('percentunit', 1));

export const ACTION_PANELS = [ACTIONS.span(24), TOP_CODES, TOP_PARTIES];
