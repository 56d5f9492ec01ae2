-- `capacity_peaks` for a FROM.
(
WITH (
  SELECT groupArray((component, name, regions, capacities))
  FROM (
    SELECT component, any(components.name) AS name, any(components.regions) AS regions,
      arraySort(groupArray((toDateTime(holds_from, 'UTC'), capacity))) AS capacities
    FROM ${database}.components
    WHERE version = (SELECT argMax(version, at) FROM ${database}.registry_versions) AND unit = 'alerts/s'
    GROUP BY component
  )
) AS parts
SELECT hour, peak.1 AS component, peak.2 AS name, hour + 60 * peak.3 AS minute, peak.4 / 60 AS load, peak.5 AS capacity,
  1 - load / capacity AS headroom
FROM (
  SELECT hour, groupArray((component, name, tightest.1, tightest.2, tightest.3)) AS peaks,
    arraySort(peak -> (-(peak.4 / peak.5), peak.1), peaks)[1] AS end_to_end,
    arrayPushBack(peaks, ('end-to-end', end_to_end.2, end_to_end.3, end_to_end.4, end_to_end.5)) AS all_peaks
  FROM (
    SELECT hour, component, name, sumForEach(of_region) AS alerts,
      -- Minutes of the hour from which each capacity on holds, and until which.
      arrayMap(step -> least(60, intDiv(greatest(0, step.1 - hour) + 59, 60)), any(steps)) AS begins,
      arrayPushBack(arrayPopFront(begins), 60) AS ends,
      arrayFilter(span -> span.2 > span.1 AND span.3 > 0,
        arrayMap((begin, end, step) -> (begin, end, step.2), begins, ends, any(steps))) AS spans,
      arrayMap(span -> arraySlice(alerts, span.1 + 1, span.2 - span.1), spans) AS minutes,
      arraySort(one -> -(one.2 / one.3), arrayMap((span, of) ->
        (greatest(0, span.1 + indexOf(of, arrayMax(of)) - 1), arrayMax(of), span.3), spans, minutes))[1] AS tightest
    FROM (
      SELECT hour, part.1 AS component, part.2 AS name, part.4 AS steps,
        if(empty(part.3) OR has(part.3, region), load.alerts, [toUInt64(0)]) AS of_region
      FROM ${load lookback=0} AS load
      ARRAY JOIN parts AS part
    )
    GROUP BY hour, component, name
  )
  WHERE tightest.3 > 0
  GROUP BY hour
)
ARRAY JOIN all_peaks AS peak
)
