-- Each region's feed in the five minutes up to `at`: received, messages; newest_at; silence, seconds since then. A region
-- of which nothing came in the hour of `at` and the two before has no row. Devices that aren't known have no region.
CREATE OR REPLACE VIEW ${database}.feed_now ${on_cluster} AS
SELECT region, countIf(received_at > {at:DateTime64(3, 'UTC')} - INTERVAL 5 MINUTE) AS received,
  max(received_at) AS newest_at, dateDiff('millisecond', newest_at, {at:DateTime64(3, 'UTC')}) / 1000 AS silence
FROM ${database}.alerts
WHERE toStartOfHour(received_at) >= toStartOfHour({at:DateTime64(3, 'UTC')}) - INTERVAL 2 HOUR
  AND received_at <= {at:DateTime64(3, 'UTC')} AND region != ''
GROUP BY region;
