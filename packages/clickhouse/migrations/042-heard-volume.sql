-- Volume by code and region of the hours in [from, to) in which the region's feed was not missing, with how many hours these are:
-- what periods are compared by, so that an hour that is missing is no improvement. Alerts of devices that aren't known have no
-- region, of which no hour can be missing. Hours that have not begun count as well: ask for a period that is over.
CREATE OR REPLACE VIEW ${database}.heard_volume ${on_cluster} AS
WITH (
  SELECT groupArray((hour, toString(region)))
  FROM ${gaps before=0 lookback=29}
) AS missing
SELECT alert_code, region,
  intDiv(toUnixTimestamp({to:DateTime('UTC')}) - toUnixTimestamp({from:DateTime('UTC')}), 3600)
    - arrayCount(one -> one.2 = region, missing) AS hours,
  sum(volume.alerts) AS alerts
FROM ${volume lookback=0} AS volume
WHERE (hour, toString(region)) NOT IN (SELECT one.1, one.2 FROM (SELECT arrayJoin(missing) AS one))
GROUP BY alert_code, region;
