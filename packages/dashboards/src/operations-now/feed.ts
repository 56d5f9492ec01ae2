import { CLICKHOUSE, HOURS, rows, series, utc } from '../clickhouse/query.ts';
import { AS_LINES, chart, columnUnit, labelOf, stat, table, thresholds } from '../panels.ts';

const FEED = { from: CLICKHOUSE };

const SILENCE = stat({
  ...FEED,
  title: 'Silence of each region',
  description:
    "Since the newest message of a region's devices, at the end of the time range. Green below two minutes, orange from there, red from five minutes: the feed of that region is missing, and nothing below is to be read for it. A region that was silent for over two hours is not shown.",
  unit: 's',
  none: 'No region was heard of in the last two hours',
  queries: [rows(`SELECT region, silence FROM feed_now(at = ${utc('$__toTime_ms')}) ORDER BY region`)],
}).thresholds(thresholds('green', [120, 'orange'], [300, 'red']));

const COMPLETENESS = chart({
  ...FEED,
  title: 'Completeness of the feed by region',
  description:
    'Messages that came by those that were expected: the median of the same hour of the week in the four weeks before. Of hours that are over. Below 10% (red line) an hour is taken for missing.',
  unit: 'percentunit',
  none: 'Nothing is expected before two weeks are known',
  queries: [
    series(`
SELECT $__timeInterval(hour) AS time, region, sum(received) / sum(expected) AS completeness
FROM feed_by_region(${HOURS})
WHERE hour <= $__toTime - INTERVAL 1 HOUR
GROUP BY time, region
HAVING sum(expected) > 0
ORDER BY time, region`),
  ],
})
  .interval('1h')
  .displayName(labelOf('region'))
  .min(0)
  .thresholds(thresholds('red', [0.1, 'transparent']))
  .thresholdsStyle(AS_LINES);

const GAPS = table({
  ...FEED,
  title: 'Hours that are missing',
  description:
    'Hours in which a tenth or less came of what a region always sends. They are shaded in every chart; a fall in them is no improvement.',
  unit: 'short',
  none: 'No hour of this time range is missing',
  queries: [
    rows(`
SELECT hour AS "Hour", region AS "Region", received AS "Messages", expected AS "Expected"
FROM feed_gaps(${HOURS})
ORDER BY hour DESC, region
LIMIT 200`),
  ],
})
  .overrideByName('Hour', columnUnit('dateTimeAsIso'))
  .overrideByName('Region', columnUnit('string'));

export const FEED_PANELS = [SILENCE.height(9).span(6), COMPLETENESS, GAPS.span(6)];
