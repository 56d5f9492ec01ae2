-- `spikes` (by_party=1) and `code_spikes` (by_party=0) for a FROM. wall: hours of London's clock; an hour that a clock change
-- gives twice has the history of both, one that it leaves out is nobody's.
(
WITH
  least(6, intDiv(wall - first_wall, 168)) AS weeks,
  arraySort(arrayConcat(arrayWithConstant(greatest(0, toInt64(weeks) - toInt64(length(told))), toUInt64(0)), told)) AS history
SELECT had_hour AS hour, alert_code, responsible_party, had AS alerts,
  if(weeks < 3, NULL, history[intDiv(length(history) + 1, 2)]) AS usual,
  greatest(1, sqrt(usual),
    1.4826 * arraySort(arrayMap(one -> abs(toInt64(one) - toInt64(assumeNotNull(usual))), history))[intDiv(length(history) + 1, 2)]) AS spread,
  (toInt64(alerts) - toInt64(usual)) / spread AS score,
  toBool(ifNull(score >= 6 AND alerts >= 2 * usual, false) AND hour <= now('UTC') - 3600) AS spike
FROM (
  -- Sorted by a number in the place of three columns, which takes half as long.
  SELECT *, groupArray(had) OVER (
      PARTITION BY sipHash64(alert_code, responsible_party, wall % 168) ORDER BY wall RANGE BETWEEN 1008 PRECEDING AND 168 PRECEDING) AS told
  FROM (
    SELECT volume.hour AS had_hour, volume.alert_code AS alert_code,
      if(${by_party} = 1, volume.responsible_party, '') AS responsible_party, sum(volume.alerts) AS had,
      toUInt32(intDiv(toUnixTimestamp(had_hour) + timezoneOffset(toTimeZone(had_hour, 'Europe/London')), 3600)) AS wall,
      min(wall) OVER () AS first_wall
    FROM ${volume lookback=43} AS volume
    GROUP BY had_hour, alert_code, responsible_party
  )
)
WHERE hour >= {from:DateTime('UTC')} AND hour < {to:DateTime('UTC')} AND hour <= now('UTC')
)
