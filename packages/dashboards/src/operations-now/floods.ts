import { CLICKHOUSE, HOURS, rows, series } from '../clickhouse/query.ts';
import { meaningOf } from '../clickhouse/registry.ts';
import { linkTo } from '../dashboard.ts';
import { cell, columnLink, columnUnit, labelOf, stacked, table } from '../panels.ts';

const FLOODS = table({
  from: CLICKHOUSE,
  title: 'Floods',
  description:
    'Codes of a party whose hours are far above the same hour of the week in the six weeks before: six times the usual spread or more, and twice the usual. Since: the first such hour of the time range. Above usual: alerts that would not have come. Score: how many spreads the highest hour is above.',
  unit: 'short',
  none: 'Nothing is flooding, or fewer than three weeks are known',
  queries: [
    rows(`
SELECT alert_code AS "Code", ${meaningOf('alert_code')} AS "Meaning", responsible_party AS "Party", min(hour) AS "Since", max(hour) AS "Until",
  sum(toInt64(alerts) - toInt64(usual)) AS "Above usual", max(score) AS "Score"
FROM spikes(${HOURS})
WHERE spike
GROUP BY alert_code, responsible_party
ORDER BY "Above usual" DESC, alert_code, responsible_party
LIMIT 20`),
  ],
})
  .overrideByName('Code', [
    ...columnUnit('string'),
    ...columnLink(
      `Volumes of ${cell('Code')} from ${cell('Party')}`,
      linkTo('tocsin-volumes', `var-code=${cell('Code')}&var-party=${cell('Party')}`),
    ),
  ])
  .overrideByName('Since', columnUnit('dateTimeAsIso'))
  .overrideByName('Until', columnUnit('dateTimeAsIso'));

const ABOVE_USUAL = stacked({
  from: CLICKHOUSE,
  title: 'Alerts above usual in hours that flood, by code',
  description:
    'Of codes over all parties: what came in a flooding hour beyond the median of the same hour of the week in the six weeks before.',
  unit: 'short',
  none: 'Nothing is flooding, or fewer than three weeks are known',
  queries: [
    series(`
SELECT $__timeInterval(hour) AS time, alert_code, sum(toInt64(alerts) - toInt64(usual)) AS above
FROM code_spikes(${HOURS})
WHERE spike
GROUP BY time, alert_code
ORDER BY time, alert_code`),
  ],
})
  .interval('1h')
  .displayName(labelOf('alert_code'));

export const FLOOD_PANELS = [FLOODS, ABOVE_USUAL];
