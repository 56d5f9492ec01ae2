-- For a view's WITH, in which `newest` is the registries' version: of each party a role, the first where it has several.
(
  SELECT mapFromArrays(groupArray(toString(id)), groupArray(first_role))
  FROM (SELECT party AS id, min(toString(role)) AS first_role FROM ${database}.parties WHERE version = newest GROUP BY party)
) AS roles
