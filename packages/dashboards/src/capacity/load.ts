import { CLICKHOUSE, HOURS, rows, series } from '../clickhouse/query.ts';
import { AS_LINES, chart, columnUnit, labelOf, stat, table } from '../panels.ts';
import { chosen } from '../variables.ts';
import { HEADROOM, HEADROOM_LINES } from './bounds.ts';

const OF_COMPONENT = chosen('component', 'component');
const NAME = "if(component = 'end-to-end', 'End to end', any(name))";

const LEAST = stat({
  from: CLICKHOUSE,
  title: 'Least headroom',
  description:
    'What part of its capacity each component had left in the highest minute of the time range. Red below a tenth, orange below a quarter: the bounds of the migration gate. Below zero: beyond its capacity.',
  unit: 'percentunit',
  none: 'No alerts in this time range, or the registry gives no capacity',
  queries: [
    rows(`
SELECT ${NAME} AS component_name, min(headroom) AS headroom
FROM capacity_peaks(${HOURS})
WHERE ${OF_COMPONENT}
GROUP BY component
ORDER BY component`),
  ],
}).thresholds(HEADROOM);

const LOAD = chart({
  from: CLICKHOUSE,
  title: 'Load of the highest minute, and capacity',
  description:
    'Alerts a second in the highest minute of each step, by component, and its capacity then as the registry has it (dashed).',
  unit: 'cps',
  none: 'No alerts in this time range, or the registry gives no capacity',
  queries: [
    series(
      `
SELECT $__timeInterval(hour) AS time, ${NAME} AS component_name, max(load) AS highest
FROM capacity_peaks(${HOURS})
WHERE ${OF_COMPONENT}
GROUP BY time, component
ORDER BY time, component_name`,
      'A',
    ),
    series(
      `
SELECT $__timeInterval(hour) AS time, ${NAME} AS component_name, argMax(one.capacity, one.load) AS capacity
FROM capacity_peaks(${HOURS}) AS one
WHERE ${OF_COMPONENT}
GROUP BY time, component
ORDER BY time, component_name`,
      'B',
    ),
  ],
})
  .interval('1h')
  .displayName(labelOf('component_name'))
  .overrideByQuery('B', [
    { id: 'displayName', value: `capacity of ${labelOf('component_name')}` },
    { id: 'custom.lineStyle', value: { fill: 'dash', dash: [8, 8] } },
  ]);

const HEADROOM_OVER_TIME = chart({
  from: CLICKHOUSE,
  title: 'Headroom of the tightest minute',
  description:
    'What part of its capacity each component had left in the highest minute of each step. Below the orange line the migration gate says caution, below the red one stop.',
  unit: 'percentunit',
  none: 'No alerts in this time range, or the registry gives no capacity',
  queries: [
    series(`
SELECT $__timeInterval(hour) AS time, ${NAME} AS component_name, min(headroom) AS headroom
FROM capacity_peaks(${HOURS})
WHERE ${OF_COMPONENT}
GROUP BY time, component
ORDER BY time, component_name`),
  ],
})
  .interval('1h')
  .displayName(labelOf('component_name'))
  .max(1)
  .thresholds(HEADROOM_LINES)
  .thresholdsStyle(AS_LINES);

const PEAKS = table({
  from: CLICKHOUSE,
  title: 'Tightest minutes',
  description: 'The minutes in which a component had the least headroom, one of each hour, least first.',
  unit: 'cps',
  none: 'No alerts in this time range, or the registry gives no capacity',
  queries: [
    rows(`
SELECT minute AS "Minute", component AS "Component", name AS "Name", load AS "Load", capacity AS "Capacity", headroom AS "Headroom"
FROM capacity_peaks(${HOURS})
WHERE ${OF_COMPONENT}
ORDER BY headroom, minute, component
LIMIT 20`),
  ],
})
  .overrideByName('Minute', columnUnit('dateTimeAsIso'))
  .overrideByName('Headroom', columnUnit('percentunit', 1));

export const LOAD_PANELS = [LEAST.span(24), LOAD, HEADROOM_OVER_TIME, PEAKS.span(24)];
