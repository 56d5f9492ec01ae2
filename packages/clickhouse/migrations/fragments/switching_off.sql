-- For a view's WITH, in which `newest` is the registries' version: the requests that switch alerts off, as (device kinds, roles that
-- may send it, whether it is in service at `to`), and who is a DCC User in which role then, as (party, role).
(
    SELECT groupArray((kinds, may_send, is_available))
    FROM (
      SELECT any(device_kinds) AS kinds, any(roles) AS may_send,
        argMaxIf(state, holds_from, holds_from <= {to:DateTime('UTC')}) = 'available' AS is_available
      FROM ${database}.levers WHERE version = newest AND kind = 'service-request' GROUP BY lever
    )
  ) AS requests,
  (
    SELECT groupArray((toString(party), toString(role)))
    FROM ${database}.parties_at(at = {to:DateTime('UTC')}, party = '') WHERE is_dcc_user
  ) AS users
