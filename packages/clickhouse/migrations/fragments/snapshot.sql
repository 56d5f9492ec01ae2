-- For a view's WITH: of each bucket of one target the version that is fresh, chosen once for all that the view reads
-- (`versions`), and the hours for which no build stands, of which raw rows are to be read (`unbuilt`).
(SELECT groupArray((bucket, version)) FROM (
  ${versions target=${target} seconds=${seconds} lookback=${lookback}}
)) AS versions,
arrayFlatten(arrayMap(one -> arrayMap(i -> one.1 + 3600 * i, range(intDiv(${seconds}, 3600))),
  arrayFilter(one -> toUInt128(one.2) = 0, versions))) AS unbuilt
