import { CLICKHOUSE, rows, series, utc } from '../clickhouse/query.ts';
import { columnUnit, labelOf, stacked, table } from '../panels.ts';

const ADOPTION = stacked({
  from: CLICKHOUSE,
  title: 'Adoption',
  description:
    'Devices that activated a version in each step, as the inventory and the devices themselves tell. One that activates it again in another step counts there as well.',
  unit: 'short',
  none: 'No device activated firmware in this time range',
  queries: [
    series(`
SELECT $__timeInterval(effective_at) AS time, version, uniqExact(device) AS devices
FROM firmware_attempts
WHERE outcome = 'activated' AND $__timeFilter_ms(effective_at)
GROUP BY time, version
ORDER BY time, version`),
  ],
})
  .interval('1d')
  .displayName(labelOf('version'));

const FAILURES = stacked({
  from: CLICKHOUSE,
  title: 'Attempts that failed',
  description:
    'Devices that failed to download or to activate firmware in each step, by phase and reason: these are blocked, at least for now.',
  unit: 'short',
  none: 'No attempt failed in this time range',
  queries: [
    series(`
SELECT $__timeInterval(effective_at) AS time, concat(phase, ': ', if(reason = '', 'no reason given', reason)) AS why,
  uniqExact(device) AS devices
FROM firmware_attempts
WHERE outcome = 'failed' AND $__timeFilter_ms(effective_at)
GROUP BY time, why
ORDER BY time, why`),
  ],
})
  .interval('1d')
  .displayName(labelOf('why'));

const ATTEMPTS = table({
  from: CLICKHOUSE,
  title: 'Attempts by version',
  description:
    'Devices that downloaded, activated, or failed to take each version in the time range; failed may have succeeded before or after.',
  unit: 'short',
  none: 'Nothing is known of firmware in this time range',
  queries: [
    rows(`
SELECT version AS "Version", uniqExactIf(device, outcome = 'downloaded') AS "Downloaded",
  uniqExactIf(device, outcome = 'activated') AS "Activated", uniqExactIf(device, outcome = 'failed') AS "Failed",
  min(effective_at) AS "First", max(effective_at) AS "Last"
FROM firmware_attempts
WHERE $__timeFilter_ms(effective_at)
GROUP BY version
ORDER BY "Activated" DESC, version`),
  ],
})
  .overrideByName('First', columnUnit('dateTimeAsIso'))
  .overrideByName('Last', columnUnit('dateTimeAsIso'));

const PLANS = table({
  from: CLICKHOUSE,
  title: 'Rollouts of the registry',
  description:
    'What the registry says of each rollout at the end of the time range: the state of its firmware, with its reason, from when to when, and how often it was paused.',
  unit: 'short',
  none: 'The registry has no rollouts',
  queries: [
    rows(`
SELECT name AS "Rollout", firmware AS "Firmware", states[-1].2 AS "State", states[-1].3 AS "Reason", begins AS "Begins", ends AS "Ends", length(pauses) AS "Pauses"
FROM rollout_registered(to = ${utc('$__toTime')})
WHERE notEmpty(states)
ORDER BY begins, name`),
  ],
})
  .overrideByName('Begins', columnUnit('dateTimeAsIso'))
  .overrideByName('Ends', columnUnit('dateTimeAsIso'));

const BLOCKED = table({
  from: CLICKHOUSE,
  title: 'Blocked devices',
  description:
    'Devices that failed to download or activate a firmware before the end of the time range and have not succeeded since, by supplier, region and model, and how many of them because of their HAN: their suppliers, or who looks after the hub, can mend it. tocsin report blocked lists them.',
  unit: 'short',
  none: 'No device is blocked',
  queries: [
    rows(`
SELECT supplier AS "Supplier", region AS "Region", trimBoth(concat(manufacturer, ' ', model)) AS "Model", version AS "Firmware",
  count() AS "Blocked", countIf(han) AS "By the HAN", min(failed_at) AS "Since"
FROM upgrade_blocked(to = ${utc('$__toTime')}, party = '')
GROUP BY supplier, region, manufacturer, model, version
ORDER BY "Blocked" DESC, "Supplier", "Region", "Model", "Firmware"
LIMIT 200`),
  ],
}).overrideByName('Since', columnUnit('dateTimeAsIso'));

export const DEVICE_PANELS = [ADOPTION, FAILURES, ATTEMPTS, PLANS, BLOCKED.span(24)];
