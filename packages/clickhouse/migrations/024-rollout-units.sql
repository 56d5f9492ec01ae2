-- Who is compared with whom in a staggered rollout (Callaway and Sant'Anna 2021, controls not yet treated): each unit of a
-- scope, a device, or a HAN by its hub. A cohort is the units activated on one UTC day of [first_day, last_day], numbered from
-- 1; its windows are the 14 days before and the 14 after, its placebo's the 28 days before.
-- cohort: the unit's own; 0 where it isn't activated then, isn't the party's, or was installed,
-- went away or changed otherwise within the windows. cohort_placebo: 0 as well where that was so 28 days before.
-- It is a control of the cohorts from_cohort < cohort <= to_cohort: installed before their windows, and until their end
-- neither activated nor gone nor changed (since the first window of all). from_placebo: likewise for windows from 28
-- days before. Units that are neither have no row.
-- result: the estimates that it is part of, '' for the whole, of devices also 'region:', 'supplier:' or 'model:' (dimensions)
-- and its own; stratum: within a result units are compared with those of the same model. members: the devices whose alerts
-- are the unit's. A hub's supplier is its HAN's. A HAN takes its earliest activation, its latest installation of a target.
CREATE OR REPLACE VIEW ${database}.rollout_units ${on_cluster} AS
SELECT scope, hub, result, concat(scope, '/', result, '/', of) AS stratum, members, cohort,
  if(since >= cohort - 28 OR arrayExists(day -> day >= cohort - 28 AND day < cohort, changed), 0, cohort) AS cohort_placebo,
  least(greatest(since + 14, 0), to_cohort) AS from_cohort, least(greatest(since + 28, 0), to_cohort) AS from_placebo, to_cohort
FROM (
  SELECT scope, hub, of, members, since, changed,
    if(scope = 'han', [''], arrayPushFront(arrayMap(by -> multiIf(by = 'region', concat('region:', region),
      by = 'supplier', concat('supplier:', if(supplier = '', han_supplier, supplier)), concat('model:', of)), {dimensions:Array(String)}), '')) AS results,
    if(own AND activated BETWEEN 1 AND cohorts AND since < activated - 14 AND until > activated + 14
      AND NOT arrayExists(day -> day >= activated - 14 AND day <= activated + 14, changed), activated, 0) AS cohort,
    least(greatest(arrayMin(arrayPushBack(arrayFilter(day -> day > -28, changed), least(activated, until))) - 15, 0), cohorts) AS to_cohort
  FROM (
    SELECT hub, cohorts, han_supplier, one.1 AS scope, one.2 AS of, one.3 AS region, one.4 AS supplier, one.5 AS own, one.6 AS activated,
      one.7 AS since, one.8 AS until, one.9 AS changed, one.10 AS members
    FROM (
      SELECT hub, toInt32(dateDiff('day', {first_day:Date}, {last_day:Date})) + 1 AS cohorts,
        groupArray(device) AS devices, anyIf(supplier, supplier != '') AS han_supplier,
        groupArrayIf((device, of, region, supplier, own, activated, since, until, changed), aim) AS targets
      FROM (
        SELECT device, hub, region, supplier, own, concat(made_by, ' ', of_model) AS of,
          target AND kind IN {kinds:Array(String)} AND region NOT IN {regions_out:Array(String)} AS aim,
          toInt32(activated) - toInt32({first_day:Date}) + 1 AS activated, toInt32(since) - toInt32({first_day:Date}) + 1 AS since,
          toInt32(until) - toInt32({first_day:Date}) + 1 AS until,
          arrayMap(day -> toInt32(day) - toInt32({first_day:Date}) + 1, changed) AS changed
        FROM ${treatment_times}
      )
      GROUP BY hub
      HAVING notEmpty(targets)
    )
    ARRAY JOIN arrayConcat(
      arrayMap(one -> ('device', one.2, one.3, one.4, one.5, one.6, one.7, one.8, one.9, [one.1]), targets),
      [('han', targets[1].2, '', '', arrayExists(one -> one.5, targets), arrayMin(one -> one.6, targets), arrayMax(one -> one.7, targets),
        arrayMin(one -> one.8, targets), arrayFlatten(arrayMap(one -> one.9, targets)), devices)]) AS one
  )
)
ARRAY JOIN results AS result
WHERE cohort > 0 OR to_cohort > from_cohort;
