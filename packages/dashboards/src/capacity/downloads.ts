import { CLICKHOUSE, HOURS, rows, series } from '../clickhouse/query.ts';
import { chart, columnUnit, labelOf, table } from '../panels.ts';

const NONE = 'No firmware was downloaded in this time range, or the registry gives no request slots';

const ENDED = chart({
  from: CLICKHOUSE,
  title: 'Firmware downloads',
  description:
    'Downloads that ended in each hour, done or failed, by the component whose request slots they take; of several hours, the highest.',
  unit: 'short',
  none: NONE,
  queries: [
    series(`
SELECT $__timeInterval(hour) AS time, name, max(ended) AS downloads
FROM ota_load(${HOURS})
GROUP BY time, name
ORDER BY time, name`),
  ],
})
  .interval('1h')
  .displayName(labelOf('name'));

const TIGHTEST = table({
  from: CLICKHOUSE,
  title: 'Busiest hours of the request slots',
  description:
    'How long each download of the hour would have to hold its slot, on average, for all slots to be taken: the stream tells when a download ended, not how long it took. The less, the tighter.',
  unit: 'short',
  none: NONE,
  queries: [
    rows(`
SELECT hour AS "Hour", name AS "Component", slots AS "Slots", ended AS "Downloads", failed AS "Failed", hours_to_fill * 3600 AS "Until all are taken"
FROM ota_load(${HOURS})
ORDER BY hours_to_fill, hour, component
LIMIT 20`),
  ],
})
  .overrideByName('Hour', columnUnit('dateTimeAsIso'))
  .overrideByName('Until all are taken', columnUnit('s', 0));

export const DOWNLOAD_PANELS = [ENDED, TIGHTEST];
