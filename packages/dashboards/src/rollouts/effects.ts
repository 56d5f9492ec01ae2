import { CLICKHOUSE, rows } from '../clickhouse/query.ts';
import { columnUnit, table } from '../panels.ts';

const AS_KEPT =
  'As the builder last asked it, of all devices and up to then ("As of"), whatever the time range is: tocsin report rollout tells more.';

const EFFECT = table({
  from: CLICKHOUSE,
  title: 'Effect of each rollout, with interval',
  description: `Alerts a day and device that the firmware ends (below 0) or adds, of the codes that it is to end, against devices of the same model that did not have it yet, with the bounds of the 95% interval; and the alerts a day that all activated devices no longer raise. Not told: why no figure can be given. ${AS_KEPT}`,
  unit: 'short',
  none: 'No rollout of the registry has been judged yet',
  queries: [
    rows(`
SELECT name AS "Rollout", state AS "State", alert_code AS "Code", estimate AS "Effect", low AS "From", high AS "To",
  avoided AS "Avoided a day", avoided_low AS "At least", avoided_high AS "At most", activated AS "Activated", controls AS "Controls",
  if(refused = '', warning, refused) AS "Not told, or to be read with care", told_at AS "As of"
FROM rollout_effects
WHERE own AND scope = 'device'
ORDER BY name, alert_code`),
  ],
}).overrideByName('As of', columnUnit('dateTimeAsIso'));

const SIDE_EFFECTS = table({
  from: CLICKHOUSE,
  title: 'Side effects',
  description: `Other codes that a rollout cuts or raises, on the device (scope device) or on everything on its HAN (han): alerts a day and device or HAN with the bounds of the 95% interval, and how probable as much is by chance after the correction for many tests. Only those under 5%. ${AS_KEPT}`,
  unit: 'short',
  none: 'No side effect is sure',
  queries: [
    rows(`
SELECT name AS "Rollout", alert_code AS "Code", scope AS "Scope", estimate AS "Effect", low AS "From", high AS "To",
  p_adjusted AS "Probability by chance", told_at AS "As of"
FROM rollout_effects
WHERE NOT own AND p_adjusted < 0.05
ORDER BY p_adjusted, name, alert_code, scope`),
  ],
})
  .overrideByName('Probability by chance', columnUnit('percentunit', 2))
  .overrideByName('As of', columnUnit('dateTimeAsIso'));

const SILENCE = table({
  from: CLICKHOUSE,
  title: 'Silent after activation',
  description: `Devices of which, with all on their HANs, no alert came any more although their earlier rate makes that improbable: how many of those activated whose silence could be told, the share with the bounds of its 95% interval, and the share of those not activated. A silent device looks like a success. ${AS_KEPT}`,
  unit: 'short',
  none: 'No rollout of the registry has been judged yet',
  queries: [
    rows(`
SELECT name AS "Rollout", state AS "State", activated AS "Activated", silent AS "Silent", of AS "Could be told", share AS "Share",
  low AS "At least", high AS "At most", control_share AS "Of the control", told_at AS "As of"
FROM rollout_silence
ORDER BY name`),
  ],
})
  .overrideByName('Share', columnUnit('percentunit', 2))
  .overrideByName('At least', columnUnit('percentunit', 2))
  .overrideByName('At most', columnUnit('percentunit', 2))
  .overrideByName('Of the control', columnUnit('percentunit', 2))
  .overrideByName('As of', columnUnit('dateTimeAsIso'));

export const EFFECT_PANELS = [EFFECT.span(24), SILENCE, SIDE_EFFECTS];
