import { TREATMENT } from './treatment.ts';

/** The parameters of `rollout_units`. */
const UNITS = `${TREATMENT}, first_day = {first_day:String}, last_day = {last_day:String},
  kinds = {kinds:Array(String)}, regions_out = {regions_out:Array(String)}, dimensions = {dimensions:Array(String)}`;

/**
 * What devices raised on the days of the study, which are numbered from 1: cohort c is activated on day c + 28. Codes are
 * numbers, which are grouped many times faster than names: eight letters, the most that a code has, make one.
 */
const RAISED = `SELECT device, reinterpretAsUInt64(alert_code) AS code, alerts, messages,
    toUInt16(dateDiff('day', toDate({first_day:String}), toDate(day)) + 29) AS at
  FROM devices_by_day(
    from = toDateTime(toDate({first_day:String}) - 28, 'UTC'), to = toDateTime(toDate({last_day:String}) + 15, 'UTC'))`;

const CODE = 'reinterpretAsString(code) AS alert_code';
const OWN = 'arrayMap(one -> reinterpretAsUInt64(one), {codes:Array(String)})';

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

/**
 * Which part of the study each device's alerts are of, by where it stands among all parts of all kins (params `parts`, `kins`
 * and how many `parts_of_kin` there are): a hub has its units in the order of its kin's. of_hub: a hub in a place, below its
 * kin's number.
 */
const MEMBERS = `
  SELECT part, of_hub, is_whole, device
  FROM (
    SELECT bitShiftLeft(toUInt64(kin), 32) + row_number() OVER () AS of_hub, is_whole,
      arrayJoin(arrayMap((one, i) -> (toUInt32(before + i), one.7), units, arrayEnumerate(units))) AS one, one.1 AS part, one.2 AS members
    FROM (
      SELECT result = '' AS is_whole, hub IN {silent:Array(String)} AS fell_silent,
        arraySort(groupArray((stratum, cohort, cohort_placebo, from_cohort, from_placebo, to_cohort, members))) AS units,
        transform(hex(sipHash64(arrayMap(one -> (one.1, one.2, one.3, one.4, one.5, one.6), units), fell_silent)),
          {kins:Array(String)}, arrayEnumerate({kins:Array(String)}), 0) AS kin,
        arrayCumSum({parts_of_kin:Array(UInt32)})[kin] - length(units) AS before
      FROM rollout_units(${UNITS})
      GROUP BY scope, result, hub
    )
  )
  ARRAY JOIN members AS device`;

/** Who takes part, by what hubs have of it: `kin`, their units without members as `parts`, the number of `hubs`. */
export const KINS = `
SELECT scope, result, parts, fell_silent AS silent, hex(sipHash64(parts, fell_silent)) AS kin, toUInt32(count()) AS hubs
FROM (
  SELECT scope, result, hub IN {silent:Array(String)} AS fell_silent,
    arraySort(groupArray((stratum, cohort, cohort_placebo, from_cohort, from_placebo, to_cohort))) AS parts
  FROM rollout_units(${UNITS})
  GROUP BY scope, result, hub
)
GROUP BY scope, result, parts, fell_silent`;

/**
 * Sums over units of their changes in alerts a day, by code, stratum and cohort: of those activated then, also without those
 * that fell silent, and of their controls; before: of the activated the alerts a day before. A unit that raises nothing adds nothing. Sub-groups have only the rollout's own
 * codes. Units that are alike are summed before they are weighed, then those that weigh alike on a day.
 */
export const CHANGES = `
WITH length({complete:Array(UInt8)}) AS days, ${WINDOWS(14, 29)} AS main, ${WINDOWS(0, 14)} AS placebo
SELECT {strata:Array(String)}[slot] AS stratum, ${CODE}, change.1 AS cohort, sum(change.2) AS activated,
  sumIf(change.2, NOT fell_silent) AS activated_speaking, sum(change.3) AS activated_placebo, sum(change.4) AS controls,
  sum(change.5) AS controls_placebo, sum(change.6) AS before
FROM (
  SELECT one[1] AS slot, one[7] AS fell_silent, code, toInt32(day) AS at, one[2] AS own, one[3] AS own_placebo,
    greatest(one[4], at - 43) AS after_cohort, greatest(one[5], at - 43) AS after_placebo,
    greatest(least(one[6], at), after_cohort) AS until_cohort, sum(raised) AS alerts
  FROM (
    SELECT part, code, at AS day, {parts:Array(Array(Int32))}[part] AS one, sum(alert.alerts) AS raised
    FROM (${RAISED}) AS alert
    INNER JOIN (${MEMBERS}) AS unit ON unit.device = alert.device
    WHERE is_whole OR code IN (${OWN})
    GROUP BY part, code, at
  )
  WHERE own > 0 OR until_cohort > after_cohort
  GROUP BY slot, fell_silent, code, at, own, own_placebo, after_cohort, after_placebo, until_cohort
)
ARRAY JOIN arrayConcat(
  [(own, alerts * main[own * days + at], alerts * placebo[own_placebo * days + at], 0., 0., alerts * greatest(0., -main[own * days + at]))],
  arrayMap(one -> (toInt32(one), 0., 0., alerts * main[one * days + at], if(one > after_placebo, alerts * placebo[one * days + at], 0.), 0.),
    range(after_cohort + 1, until_cohort + 1))) AS change
WHERE cohort > 0
GROUP BY slot, code, cohort
HAVING activated != 0 OR activated_placebo != 0 OR controls != 0 OR controls_placebo != 0`;

/** What each day of each part weighs, the parts one after another: in the change of the activated alone, and in all. */
const BY_PART = (design: string, cohort: number, from: number) => `(
  SELECT (groupArray(of.1[taken]), groupArray(of.1[taken] - of.2[until] + of.2[after]))
  FROM (
    SELECT (above + one[${cohort}]) * days + day AS taken, (above + one[${from}]) * days + day AS after, (above + one[6]) * days + day AS until,
      ${design} AS of
    FROM (SELECT arrayJoin({parts:Array(Array(Int32))}) AS one, (one[1] - 1) * (days - 41) AS above)
    ARRAY JOIN range(1, days + 1) AS day
  )
)`;

/**
 * The same changes by hub, as the estimate weighs them: sums over the hubs of a kin of their weighed alerts (m1) and of
 * their squares (m2); likewise without those that fell silent (s), of the placebo (p), and of the activated alone (t). The
 * code '' is that of all but the rollout's own together.
 */
export const POWERS = (anySilent: boolean) => `
WITH length({complete:Array(UInt8)}) AS days, ${WEIGHTS(14, 29, 'main')} AS main, ${anySilent ? WEIGHTS(14, 29, 'speaking') : 'main'} AS speaking,
  ${WEIGHTS(0, 14, 'placebo')} AS placebo, ${BY_PART('main', 2, 4)} AS of_main, ${anySilent ? BY_PART('speaking', 8, 4) : 'of_main'} AS of_speaking,
  ${BY_PART('placebo', 3, 5)} AS of_placebo
SELECT {kins:Array(String)}[bitShiftRight(of_hub, 32) AS kind] AS kin, reinterpretAsString(one.1) AS alert_code,
  sum(one.2) AS m1, sum(one.2 * one.2) AS m2, sum(one.3) AS s1, sum(one.3 * one.3) AS s2,
  sum(one.4) AS p1, sum(one.4 * one.4) AS p2, sum(one.5) AS t1, sum(one.5 * one.5) AS t2
FROM (
  SELECT of_hub, arrayJoin(arrayPushBack(groupArray((code, m, s, p, t)),
    (toUInt64(0), sumIf(m, other), sumIf(s, other), sumIf(p, other), sumIf(t, other)))) AS one
  FROM (
    SELECT of_hub, code, code NOT IN (${OWN}) AS other, sum(alerts * of_main.2[in_part + at]) AS m,
      sum(alerts * of_speaking.2[in_part + at]) AS s, sum(alerts * of_placebo.2[in_part + at]) AS p,
      sum(alerts * of_main.1[in_part + at]) AS t
    FROM (${RAISED}) AS alert
    INNER JOIN (
      SELECT device, of_hub, is_whole, toUInt32((part - 1) * days) AS in_part FROM (${MEMBERS})
    ) AS unit ON unit.device = alert.device
    WHERE is_whole OR code IN (${OWN})
    GROUP BY of_hub, code
  )
  GROUP BY of_hub
)
GROUP BY kind, one.1
HAVING m2 + s2 + p2 + t2 > 0`;

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
    SELECT hub, any(unit.activated) AS activated, toInt32(max(at)) AS last_day,
      toInt64(sumIf(messages, spoke AND at >= unit.activated - 14 AND at < unit.activated - 7)) AS earlier,
      toInt64(sumIf(messages, spoke AND at >= unit.activated - 7 AND at < unit.activated)) AS later
    FROM (
      SELECT device, at, messages, code NOT IN (${OWN}) AND {complete:Array(UInt8)}[at] = 1 AS spoke FROM (${RAISED})
    ) AS alert
    RIGHT JOIN (
      SELECT hub, activated, device
      FROM (SELECT hub, cohort + 28 AS activated, members FROM rollout_units(${UNITS}) WHERE scope = 'han' AND cohort > 0)
      ARRAY JOIN members AS device
    ) AS unit ON unit.device = alert.device
    GROUP BY hub
  )
)
GROUP BY messages, exposure, possible, silent`;
