-- Alerts of `party_volume` of each London day in [from, to) by code, of one responsible party and over all of them (over_all, and
-- responsible_party empty), against their own history of the six weeks before: what rises slowly trips no hour. usual is
-- the (lower) median of the same day of the week, null while fewer than three are known since the feed began; spread
-- 1.4826 times the median distance of all the days of these weeks from the median of their own day of the week, but for
-- the days that are this median, whose distance of 0 tells nothing: with them it would be a quarter too small; at least
-- what chance alone gives, where alerts come several to a message. score: how many spreads the day is above. spike: six or
-- more, five over all parties, which are fewer to be wrong about; 15% above usual at least. The day
-- that goes on is told as far as it went: what is a spike already remains one. Days on which the feed had a gap, and those
-- that began within 12 hours after one, when what was held back arrives, are no history; the latter are no spike either,
-- nor are the former when the gap goes back to the day before: on its first day alone what is missing and what comes late
-- make up for each other. Of the hour that comes twice when clocks go back only the first counts. Days with fewer than 20
-- messages have no row.
CREATE OR REPLACE VIEW ${database}.daily_spikes ${on_cluster} AS
WITH
  toDate({from:DateTime('UTC')}, 'Europe/London') - 42 AS first,
  toUInt32(toDate({to:DateTime('UTC')} - 1, 'Europe/London') - first + 1) AS days
SELECT day, alert_code, responsible_party, over_all, alerts, messages, usual, spread, (alerts - usual) / spread AS score,
  toBool(ifNull(score >= if(over_all, 5, 6) AND alerts >= 1.15 * usual AND NOT late, false)) AS spike
FROM (
  SELECT day, alert_code, responsible_party, over_all, alerts, messages, late,
    if(length(by_weekday[1]) < 3, NULL, medians[1]) AS usual,
    arraySlice(
      arraySort(arrayFilter(distance -> distance >= 0,
        arrayMap((had, j) -> if(had < 0, -1, abs(had - medians[j % 7 + 1])), past, range(42)))),
      1 + arrayCount(one -> notEmpty(one), by_weekday)) AS distances,
    greatest(1, sqrt(usual * alerts / messages), 1.4826 * distances[intDiv(length(distances) + 1, 2)]) AS spread
  FROM (
    SELECT *, arrayMap(one -> one[intDiv(length(one) + 1, 2)], by_weekday) AS medians
    FROM (
      SELECT *, arrayMap(w -> arraySort(arrayFilter((had, j) -> had >= 0 AND j % 7 = w, past, range(42))), range(7)) AS by_weekday
      FROM (
        -- Of the 42 days before, one after another, -1 where it isn't known.
        SELECT *, groupArray(known) OVER (
            PARTITION BY alert_code, responsible_party, over_all ORDER BY day ROWS BETWEEN 42 PRECEDING AND 1 PRECEDING) AS past
        FROM (
          SELECT alert_code, responsible_party, over_all, first + one.1 AS day, toInt64(one.2) AS alerts, one.3 AS messages,
            has(delayed, day) AND (NOT has(missed, day) OR has(missed, day - 1)) AS late,
            if(day < begun OR has(missed, day) OR has(delayed, day), -1, alerts) AS known
          FROM (
            SELECT alert_code, one.2 AS responsible_party, toBool(one.1) AS over_all,
              arrayZip(range(days), arrayResize(groupArrayInsertAt(toUInt64(0))(had, at), days),
                arrayResize(groupArrayInsertAt(toUInt64(0))(had_messages, at), days)) AS series
            FROM (
              SELECT at, alert_code, one, sum(of_party) AS had, sum(of_messages) AS had_messages
              FROM (
                SELECT toUInt32(toDate(volume.hour, 'Europe/London') - first) AS at, volume.alert_code AS alert_code,
                  toString(volume.responsible_party) AS told_party, sum(volume.alerts) AS of_party, sum(volume.messages) AS of_messages
                FROM ${party_volume lookback=43} AS volume
                WHERE toDate(volume.hour, 'Europe/London') >= first
                  AND toHour(volume.hour, 'Europe/London') != toHour(volume.hour - 3600, 'Europe/London')
                GROUP BY at, alert_code, told_party
              )
              ARRAY JOIN [(0, told_party), (1, '')] AS one
              GROUP BY at, alert_code, one
            )
            GROUP BY alert_code, one
          ) AS told
          CROSS JOIN (
            SELECT groupUniqArray(toDate(hour, 'Europe/London')) AS missed, groupUniqArray(toDate(hour + 12 * 3600, 'Europe/London')) AS delayed
            FROM ${gaps before=43 lookback=72}
          ) AS gaps
          CROSS JOIN (
            SELECT toDate(min(hour), 'Europe/London') + 1 AS begun FROM ${database}.blocks WHERE hour_accepted > 0
          ) AS feed
          ARRAY JOIN series AS one
        )
      )
      WHERE messages >= 20 AND day >= toDate({from:DateTime('UTC')}, 'Europe/London')
    )
  )
);

-- What explains spikes: of each, by its place in the lists (its code, responsible party or over all, first hour and end), the
-- alerts of every party, kind of party (or role where it is of none), model and firmware in it, and what was usual, which is the mean of the same hours in as many of
-- the six weeks before as are known. stoppable: alerts of it that can be stopped now, as in `stoppable`.
CREATE OR REPLACE VIEW ${database}.spike_drivers ${on_cluster} AS
WITH
  arrayZip(range(length({codes:Array(String)})), {codes:Array(String)}, {parties:Array(String)}, {over_all:Array(UInt8)},
 {firsts:Array(UInt32)}, {ends:Array(UInt32)}) AS spikes,
  (SELECT toUnixTimestamp(min(hour)) FROM ${database}.blocks WHERE hour_accepted > 0) AS begun,
  (
    SELECT mapFromArrays(groupArray(id), groupArray(called))
    FROM (
      SELECT toString(party) AS id, any(if(kind = '', role, kind)) AS called
      FROM ${database}.parties
      WHERE version = (SELECT argMax(version, at) FROM ${database}.registry_versions)
      GROUP BY id
    )
  ) AS kinds
SELECT place, driver.1 AS dimension, driver.2 AS value,
  sumIf(had, ago = 0) AS alerts, sumIf(had, ago > 0) / any(weeks) AS usual, sumIf(could, ago = 0) AS stoppable
FROM (
  SELECT one.1 AS place, had, could, intDiv(greatest(0, toInt64(one.5) - toInt64(at)) + 604799, 604800) AS ago,
    least(6, greatest(1, intDiv(greatest(0, toInt64(one.5) - toInt64(begun)), 604800))) AS weeks,
    [('party-kind', kinds[of_party]), ('party', of_party), ('model', of_model), ('firmware', of_firmware)] AS drivers
  FROM (
    SELECT toUnixTimestamp(volume.hour) AS at, toString(volume.alert_code) AS of_code, toString(volume.responsible_party) AS of_party,
      trimBoth(concat(volume.manufacturer, ' ', volume.model)) AS of_model, toString(volume.firmware) AS of_firmware,
      sum(volume.alerts) AS had,
      sumIf(volume.alerts, ${stoppable_now}) AS could
    FROM ${party_volume lookback=42} AS volume
    WHERE volume.alert_code IN {codes:Array(String)}
    GROUP BY at, of_code, of_party, of_model, of_firmware
  )
  ARRAY JOIN
    arrayFilter(spike -> spike.2 = of_code AND (spike.4 = 1 OR spike.3 = of_party) AND at < spike.6 AND at + 6 * 604800 >= spike.5, spikes) AS one
  WHERE at + 604800 * ago < one.6
)
ARRAY JOIN drivers AS driver
GROUP BY place, dimension, value;
