-- `feed_gaps` for a FROM, from `before` days before on; lookback: 29 days before that.
(
SELECT hour, region, received, expected
FROM (
  SELECT hour, region, received, ifNull(feed.expected, 0) AS expected, sum(reached) OVER (PARTITION BY region, run) AS due
  FROM (
    SELECT *, intDiv(toUnixTimestamp(hour), 3600) - row_number() OVER (PARTITION BY region ORDER BY hour) AS run
    FROM ${region_feed before=${before} lookback=${lookback}}
    WHERE hour <= now('UTC') - 3600 AND received * 10 <= reached AND reached > 0
  ) AS feed
)
WHERE due >= 50
)
