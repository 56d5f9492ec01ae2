-- What each day of a study weighs in the change of each cohort, which is the mean of 14 days less that of 14 earlier ones.
-- The study's days, numbered from 1, go from 28 days before the first cohort's day to 14 after the last one's: cohort c is
-- activated on day c + 28. before, after: with which days the two windows begin, counted from day c. complete: 1 for each
-- day of the study that counts, 0 for the others, which are left out of both means. Cohort 0 is none.
CREATE OR REPLACE VIEW ${database}.rollout_windows ${on_cluster} AS
WITH {complete:Array(UInt8)} AS complete, length(complete) AS days
SELECT toUInt32(intDiv(number, days)) AS cohort, toUInt32(number % days + 1) AS day,
  toInt32(day) - toInt32(cohort) AS since,
  multiIf(cohort = 0 OR complete[day] = 0, 0.,
    since >= {before:UInt8} AND since < {before:UInt8} + 14, -1. / arraySum(arraySlice(complete, cohort + {before:UInt8}, 14)),
    since >= {after:UInt8} AND since < {after:UInt8} + 14, 1. / arraySum(arraySlice(complete, cohort + {after:UInt8}, 14)),
    0.) AS weight
FROM numbers(toUInt64(greatest(0, toInt64(days) - 41) * days));

-- What each day weighs in the estimate, by stratum, cohort and day: of an activated unit of the cohort, and of a control of all
-- cohorts up to it, so that a control of the cohorts a < cohort <= b has the difference of two. per_activated, per_control:
-- what a unit's change weighs, by stratum and cohort.
CREATE OR REPLACE VIEW ${database}.rollout_weights ${on_cluster} AS
WITH toUInt64(greatest(1, toInt64(length({complete:Array(UInt8)})) - 42)) AS cohorts
SELECT stratum, cohort, day, weight * {per_activated:Array(Float64)}[greatest(1, stratum * cohorts + cohort)] AS activated,
  sum(weight * {per_control:Array(Float64)}[greatest(1, stratum * cohorts + cohort)]) OVER (PARTITION BY stratum, day ORDER BY cohort) AS controls
FROM ${database}.rollout_windows(complete = {complete:Array(UInt8)}, before = {before:UInt8}, after = {after:UInt8})
ARRAY JOIN range(intDiv(length({per_activated:Array(Float64)}), cohorts)) AS stratum
ORDER BY stratum, cohort, day;
