-- `cells` of a WITH, so put together that every row is of ten devices or more. cells: span, alert_code, detail (an array of texts),
-- counts (an array of numbers), state (of uniq, over devices), each row another. Groups of a span and code that are smaller become
-- one, and while that is smaller still the next smallest joins it, so that no difference of a total shows one of them: their
-- details are 'other'. What is smaller even then is put together with other codes of the span likewise, as the code 'other';
-- of a span with fewer than ten devices nothing is left. Any sum of these rows is one of groups of ten or more. For a FROM.
(
SELECT span, merged_code AS alert_code, merged_detail AS detail, sumForEach(kept_counts) AS counts, uniqMergeState(kept_state) AS state
FROM (
  SELECT span, kept_counts, kept_state, size < 10 OR (min(size) OVER (PARTITION BY span) < 10
      AND uniqMerge(kept_state) OVER (PARTITION BY span ORDER BY size, code, kept_detail ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) < 10) AS joins,
    if(joins, 'other', code) AS merged_code, if(joins, arrayMap(one -> 'other', kept_detail), kept_detail) AS merged_detail
  FROM (
    SELECT span, code, kept_detail, sumForEach(cell_counts) AS kept_counts, uniqMergeState(cell_state) AS kept_state,
      finalizeAggregation(kept_state) AS size
    FROM (
      SELECT span, code, cell_counts, cell_state, cell_size < 10 OR (min(cell_size) OVER (PARTITION BY span, code) < 10
          AND uniqMerge(cell_state) OVER (PARTITION BY span, code ORDER BY cell_size, cell_detail ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) < 10) AS cell_joins,
        if(cell_joins, arrayMap(one -> 'other', cell_detail), cell_detail) AS kept_detail
      FROM (
        SELECT cells.span AS span, toString(cells.alert_code) AS code, cells.detail AS cell_detail, cells.counts AS cell_counts,
          cells.state AS cell_state, finalizeAggregation(cell_state) AS cell_size
        FROM cells
      )
    )
    GROUP BY span, code, kept_detail
  )
)
GROUP BY span, alert_code, detail
HAVING uniqMerge(kept_state) >= 10
)
