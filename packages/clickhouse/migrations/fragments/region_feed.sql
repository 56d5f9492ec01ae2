-- `feed_by_region` for a FROM, from `before` days before on; lookback: 29 days before that. In steps: a name that stands for an expression is planned anew wherever it is read.
(
SELECT hour, region, received,
  if(weeks < 2, NULL, padded[intDiv(length(padded), 2) + 1]) AS expected,
  if(weeks < 2, NULL, padded[2]) AS reached
FROM (
  SELECT hour, region, received, weeks,
    arraySort(arrayConcat(arrayWithConstant(greatest(0, toInt64(weeks) - toInt64(length(history))), toUInt64(0)), history)) AS padded
  FROM (
    SELECT due_hour AS hour, region, sumIf(had, week = 0) AS received, groupArrayIf(had, week > 0 AND had_hour > first_hour) AS history,
      arrayCount(ago -> addWeeks(toTimeZone(due_hour, 'Europe/London'), -ago) > any(first_hour), [1, 2, 3, 4]) AS weeks
    FROM (
      SELECT region, had_hour, had, first_hour, week,
        if(week = 0, had_hour, toTimeZone(addWeeks(toTimeZone(had_hour, 'Europe/London'), week), 'UTC')) AS due_hour
      FROM (
        SELECT load.region AS region, load.hour AS had_hour, sum(load.messages) AS had,
          min(had_hour) OVER (PARTITION BY region) AS first_hour
        FROM ${load lookback=${lookback}} AS load
        WHERE region != ''
        GROUP BY region, had_hour
      )
      ARRAY JOIN [0, 1, 2, 3, 4] AS week
    )
    WHERE due_hour >= toDateTime(greatest(0, toInt64(toUnixTimestamp({from:DateTime('UTC')})) - ${before} * 86400), 'UTC') AND due_hour < {to:DateTime('UTC')} AND due_hour <= now('UTC')
    GROUP BY due_hour, region
  )
  WHERE received > 0 OR notEmpty(history)
)
)
