import { CLICKHOUSE, HOURS, rows, series } from '../clickhouse/query.ts';
import { labelOf, stacked, stat, thresholds } from '../panels.ts';

const SHARES = stat({
  from: CLICKHOUSE,
  title: 'What can be done about the alerts of this time',
  description:
    'Shares of all alerts. Stoppable now: the responsible party can switch them off, or a released firmware ends them and the device can take it. Suppressible: by service request 6.22. Unstoppable: they could be switched off, but not by the responsible party. Always on: of no code or device that has a switch. Protected: for safety, never to be stopped. Unknown: of devices or codes that are not known yet. These five add up to all.',
  unit: 'percentunit',
  none: 'No alerts in this time range',
  queries: [
    rows(`
SELECT sumIf(alerts, stoppable_now) / sum(alerts) AS "Stoppable now",
  sumIf(alerts, suppression = 'suppressible') / sum(alerts) AS "Suppressible",
  sumIf(alerts, suppression = 'unstoppable') / sum(alerts) AS "Unstoppable",
  sumIf(alerts, suppression = 'always-on') / sum(alerts) AS "Always on",
  sumIf(alerts, suppression = 'protected') / sum(alerts) AS "Protected",
  sumIf(alerts, suppression = 'unknown') / sum(alerts) AS "Unknown"
FROM alert_stoppability(${HOURS})
HAVING sum(alerts) > 0`),
  ],
})
  .thresholds(thresholds('blue'))
  .decimals(1);

const BY_SUPPRESSION = stacked({
  from: CLICKHOUSE,
  title: 'Alerts by what can be done about them',
  description:
    'Alerts a second, one above the other: together they are the load. Hours by when the network received them.',
  unit: 'cps',
  none: 'No alerts in this time range',
  queries: [
    series(`
SELECT $__timeInterval(hour) AS time, suppression, sum(alerts) / $__interval_s AS rate
FROM alert_volume(${HOURS})
GROUP BY time, suppression
ORDER BY time, suppression`),
  ],
})
  .interval('1h')
  .displayName(labelOf('suppression'));

export const STOPPING_PANELS = [SHARES.span(24), BY_SUPPRESSION.span(24)];
