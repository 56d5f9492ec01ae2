-- Why the holder of a code can't switch it off on a device, empty where it can, by `switching_off` and `code_holder`: as the rules of
-- classify have it. For wherever an expression may stand.
multiIf(holder = '', 'no-party', held = 'wrong', 'credential-mismatch', NOT has(users, (holder, role)), 'not-a-dcc-user',
      NOT arrayExists(request -> has(request.1, kind) AND has(request.2, role), requests), 'role-not-eligible',
      NOT arrayExists(request -> has(request.1, kind) AND has(request.2, role) AND request.3, requests), 'service-request-unavailable',
      '')
