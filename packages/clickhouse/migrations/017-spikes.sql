-- Alerts of each hour in [from, to) by code, and by responsible party where by_party is 1, against their own history for that hour of the week,
-- London time, in the six weeks before: usual is the (lower) median, spread 1.4826 times the median distance from it, at
-- least the square root of the median, which chance alone gives. score: how many spreads the hour is above. spike: six
-- or more, and twice the usual at least, in an hour that is over. Null while fewer than three weeks are known since the
-- first hour of the period that is looked at. Weeks without an alert count 0.
CREATE OR REPLACE VIEW ${database}.spikes_among ${on_cluster} AS
WITH
  arraySort(groupArrayIf(had, week > 0)) AS told,
  toUInt64(arrayCount(ago -> addWeeks(toTimeZone(due_hour, 'Europe/London'), -ago) >= any(first_hour), [1, 2, 3, 4, 5, 6])) AS weeks,
  arrayConcat(arrayWithConstant(greatest(0, toInt64(weeks) - toInt64(length(told))), toUInt64(0)), told) AS history
SELECT due_hour AS hour, alert_code, responsible_party,
  sumIf(had, week = 0) AS alerts,
  if(weeks < 3, NULL, history[intDiv(length(history) + 1, 2)]) AS usual,
  greatest(1, sqrt(usual),
    1.4826 * arraySort(arrayMap(one -> abs(toInt64(one) - toInt64(assumeNotNull(usual))), history))[intDiv(length(history) + 1, 2)]) AS spread,
  (toInt64(alerts) - toInt64(usual)) / spread AS score,
  toBool(ifNull(score >= 6 AND alerts >= 2 * usual, false) AND due_hour <= now('UTC') - 3600) AS spike
FROM (
  SELECT alert_code, responsible_party, had, week,
    min(had_hour) OVER () AS first_hour,
    if(week = 0, had_hour, toTimeZone(addWeeks(toTimeZone(had_hour, 'Europe/London'), week), 'UTC')) AS due_hour
  FROM (
    SELECT volume.hour AS had_hour, volume.alert_code AS alert_code,
      if({by_party:UInt8} = 1, volume.responsible_party, '') AS responsible_party, sum(volume.alerts) AS had
    FROM ${database}.alert_volume(
      from = toDateTime(greatest(0, toInt64(toUnixTimestamp({from:DateTime('UTC')})) - 43 * 86400), 'UTC'),
      to = {to:DateTime('UTC')}) AS volume
    GROUP BY had_hour, alert_code, responsible_party
  )
  ARRAY JOIN [0, 1, 2, 3, 4, 5, 6] AS week
)
WHERE due_hour >= {from:DateTime('UTC')} AND due_hour < {to:DateTime('UTC')} AND due_hour <= now('UTC')
GROUP BY due_hour, alert_code, responsible_party
HAVING alerts > 0;

CREATE OR REPLACE VIEW ${database}.spikes ${on_cluster} AS
SELECT * FROM ${database}.spikes_among(from = {from:DateTime('UTC')}, to = {to:DateTime('UTC')}, by_party = 1);

CREATE OR REPLACE VIEW ${database}.code_spikes ${on_cluster} AS
SELECT * EXCEPT (responsible_party)
FROM ${database}.spikes_among(from = {from:DateTime('UTC')}, to = {to:DateTime('UTC')}, by_party = 0);
