import { TREATMENT } from './treatment.ts';

/** The parameters of `rollout_units`. */
const UNITS = `${TREATMENT}, first_day = {first_day:String}, last_day = {last_day:String},
  kinds = {kinds:Array(String)}, regions_out = {regions_out:Array(String)}, dimensions = {dimensions:Array(String)},
  without = {without:Array(String)}`;

/** What devices raised on the days of the study, which are numbered from 1: cohort c is activated on day c + 28. */
const RAISED = `SELECT device, alert_code, alerts, messages, toInt32(dateDiff('day', toDate({first_day:String}), day)) + 29 AS at
  FROM alerts_by_device_day(
    from = toDateTime(toDate({first_day:String}) - 28, 'UTC'), to = toDateTime(toDate({last_day:String}) + 15, 'UTC'))`;

const WINDOWS = (before: number, after: number) => `(
  SELECT groupArray(weight)
  FROM (
    SELECT weight
    FROM rollout_windows(complete = {complete:Array(UInt8)}, before = ${before}, after = ${after})
    ORDER BY cohort, day
  )
)`;

const WEIGHTS = (before: number, after: number, design: string) => `(
  SELECT (groupArray(activated), groupArray(controls))
  FROM rollout_weights(complete = {complete:Array(UInt8)}, before = ${before}, after = ${after},
    per_activated = {activated_${design}:Array(Float64)}, per_control = {controls_${design}:Array(Float64)})
)`;

/** Who takes part, by what hubs have of it: `kin`, their units without members as `parts`, the number of `hubs`. */
export const KINS = `
SELECT scope, result, parts, hex(sipHash64(parts)) AS kin, toUInt32(count()) AS hubs
FROM (
  SELECT scope, result, arraySort(groupArray((stratum, cohort, cohort_placebo, from_cohort, from_placebo, to_cohort))) AS parts
  FROM rollout_units(${UNITS})
  GROUP BY scope, result, hub
)
GROUP BY scope, result, parts`;

/**
 * Sums over units of their changes in alerts a day, by code, stratum and cohort: of those activated then and of their
 * controls. A unit that raises nothing adds nothing. Parts of the whole have only the rollout's own codes. Units that
 * weigh alike on a day are summed before they are weighed; names are numbers meanwhile, which are grouped faster.
 */
export const CHANGES = `
WITH length({complete:Array(UInt8)}) AS days, ${WINDOWS(14, 29)} AS main, ${WINDOWS(0, 14)} AS placebo
SELECT {strata:Array(String)}[slot] AS stratum, alert_code, part.1 AS cohort, sum(part.2) AS activated,
  sum(part.3) AS activated_placebo, sum(part.4) AS controls, sum(part.5) AS controls_placebo
FROM (
  SELECT slot, alert_code, at, own, own_placebo, after_cohort, after_placebo, until_cohort, sum(raised) AS alerts
  FROM (
    SELECT slot, alert_code, at, alerts AS raised, cohort AS own, cohort_placebo AS own_placebo,
      greatest(from_cohort, at - 43) AS after_cohort, greatest(from_placebo, at - 43) AS after_placebo,
      greatest(least(to_cohort, at), after_cohort) AS until_cohort
    FROM (${RAISED}) AS alert
    INNER JOIN (
      SELECT toUInt16(indexOf({strata:Array(String)}, stratum)) AS slot, result = '' AS is_whole,
        cohort, cohort_placebo, from_cohort, from_placebo, to_cohort, device
      FROM rollout_units(${UNITS})
      ARRAY JOIN members AS device
    ) AS unit ON unit.device = alert.device
    WHERE is_whole OR alert_code IN {codes:Array(String)}
  )
  WHERE own > 0 OR until_cohort > after_cohort
  GROUP BY slot, alert_code, at, own, own_placebo, after_cohort, after_placebo, until_cohort
)
ARRAY JOIN arrayConcat(
  [(own, alerts * main[own * days + at], alerts * placebo[own_placebo * days + at], 0., 0.)],
  arrayMap(one -> (toInt32(one), 0., 0., alerts * main[one * days + at], if(one > after_placebo, alerts * placebo[one * days + at], 0.)),
    range(after_cohort + 1, until_cohort + 1))) AS part
WHERE cohort > 0
GROUP BY slot, alert_code, cohort`;

/**
 * The same changes by hub, as the estimate weighs them: sums over the hubs of a kin of their weighed alerts (m1) and of
 * their squares (m2); likewise of the placebo (p), and of the activated alone (t).
 */
export const POWERS = `
WITH length({complete:Array(UInt8)}) AS days, ${WEIGHTS(14, 29, 'main')} AS main, ${WEIGHTS(0, 14, 'placebo')} AS placebo,
  main.1 AS of_activated, main.2 AS of_controls, placebo.1 AS of_activated_placebo, placebo.2 AS of_controls_placebo
SELECT {results:Array(String)}[place] AS result, alert_code, hex(kind) AS kin,
  sum(m) AS m1, sum(m * m) AS m2,
  sum(p) AS p1, sum(p * p) AS p2, sum(t) AS t1, sum(t * t) AS t2
FROM (
  SELECT place, alert_code, hub, any(kin) AS kind, sum(taken) AS t, sum(taken - left) AS m, sum(earlier) AS p
  FROM (
    SELECT place, alert_code, hub, kin, alerts * of_activated[in_cohort + at] AS taken,
      alerts * (of_controls[in_to + at] - of_controls[in_from + at]) AS left,
      alerts * (of_activated_placebo[in_placebo + at]
        - of_controls_placebo[in_to + at] + of_controls_placebo[in_from_placebo + at]) AS earlier
    FROM (${RAISED}) AS alert
    INNER JOIN (
      SELECT place, is_whole, hub, kin, (above + one.2) * days AS in_cohort, (above + one.3) * days AS in_placebo,
        (above + one.4) * days AS in_from, (above + one.5) * days AS in_from_placebo, (above + one.6) * days AS in_to, device
      FROM (
        SELECT toUInt16(indexOf({results:Array(String)}, concat(scope, ' ', result))) AS place, result = '' AS is_whole, hub,
          sipHash64(arraySort(arrayMap(one -> (one.1, one.2, one.3, one.4, one.5, one.6), units))) AS kin,
          arrayJoin(units) AS one, (indexOf({strata:Array(String)}, one.1) - 1) * (days - 41) AS above
        FROM (
          SELECT scope, result, hub,
            groupArray((stratum, cohort, cohort_placebo, from_cohort, from_placebo, to_cohort, members)) AS units
          FROM rollout_units(${UNITS})
          GROUP BY scope, result, hub
        )
      )
      ARRAY JOIN one.7 AS device
    ) AS unit ON unit.device = alert.device
    WHERE is_whole OR alert_code IN {codes:Array(String)}
  )
  GROUP BY place, alert_code, hub
)
GROUP BY place, alert_code, kin`;

/**
 * HANs of activated units by how much they spoke before and for how long they have been silent since: messages of other
 * codes than the rollout's own in the 14 days before, in two halves; exposure, possible, silent: complete days of those 14,
 * after the activation, and after the last message of any kind; quiet: hubs with a silence of a day or more.
 */
export const SILENCE = `
WITH arrayFilter((number, one) -> one = 1, arrayEnumerate({complete:Array(UInt8)}), {complete:Array(UInt8)}) AS numbers
SELECT earlier + later AS messages, exposure, possible, silent, toUInt32(count()) AS hubs,
  sum((earlier - later) * (earlier - later)) AS squaredDifferences, groupArrayIf(hub, silent > 0) AS devices
FROM (
  SELECT hub, earlier, later, arrayCount(one -> one >= activated - 14 AND one < activated, numbers) AS exposure,
    arrayCount(one -> one > activated, numbers) AS possible, arrayCount(one -> one > greatest(activated, last_day), numbers) AS silent
  FROM (
    SELECT unit.hub AS hub, any(unit.day) AS activated, max(at) AS last_day,
      toInt64(sumIf(alert.messages, spoke AND at >= unit.day - 14 AND at < unit.day - 7)) AS earlier,
      toInt64(sumIf(alert.messages, spoke AND at >= unit.day - 7 AND at < unit.day)) AS later
    FROM (
      SELECT hub, day, device
      FROM (SELECT hub, cohort + 28 AS day, members FROM rollout_units(${UNITS}) WHERE scope = 'han' AND cohort > 0)
      ARRAY JOIN members AS device
    ) AS unit
    LEFT JOIN (
      SELECT *, alert_code NOT IN {codes:Array(String)} AND {complete:Array(UInt8)}[at] = 1 AS spoke FROM (${RAISED})
    ) AS alert ON alert.device = unit.device
    GROUP BY hub
  )
)
GROUP BY messages, exposure, possible, silent`;
