import { counted, percent } from '../numbers.ts';
import { london } from '../period.ts';
import type { Told } from './told.ts';

/** For a person at a terminal. */
export function show(told: Told): string {
  const { rollout, name, version, state, reason, activated, to, threshold, falseShare, rate, devices } = told;
  if (to === null || name === '')
    return 'Nothing can be told: the store has no alerts, or the registry no rollouts.\n';
  return [
    `${rollout}: ${name} (${version})${state && `, ${state}`}${reason && ` for ${reason}`}, as heard up to ${london(to)}`,
    `Activated: ${counted(activated, 'device')}. ${rateOf('Fell silent', rate.activated)}.`,
    rate.control
      ? `${rateOf('Not activated, silent all the same', rate.control)}.`
      : 'Others’ devices are too few to compare with.',
    ...(rate.difference
      ? [
          `Difference: ${percent(rate.difference.value)} (${percent(rate.difference.low)} to ${percent(rate.difference.high)}, 95%).`,
        ]
      : []),
    `Silent: nothing heard of any code although that has a probability of ${threshold.toPrecision(2)} or less by the rate ` +
      `before; of those listed, ${percent(falseShare)} at most are expected to be so by chance.`,
    ...devices.map(
      (one) =>
        `${one.device}  ${one.kind.padEnd(4)}  hub ${one.hub || '-'}  activated ${london(one.activatedAt)}  last heard ` +
        `${london(one.lastHeardAt)}  ${one.messagesBefore} messages in ${one.daysBefore.toFixed(0)} days before, none in ` +
        `${one.daysSilent.toFixed(1)}  p ${one.probability.toPrecision(2)}  ${one.region}  ${one.supplier || '-'}`,
    ),
    action(told),
    '',
  ].join('\n');
}

const rateOf = (what: string, { silent, of, share, low, high }: Told['rate']['activated']) =>
  share === null || low === null || high === null
    ? `${what}: of none could it be told`
    : `${what}: ${silent} of ${of} whose silence could be told, ${percent(share)} (${percent(low)} to ${percent(high)}, 95%)`;

/** Who can act, by which lever. */
function action({ devices, rollout, version, state, actingParty }: Told): string {
  const who = actingParty === 'csp' ? 'the CSP of each region' : `the ${actingParty}`;
  if (devices.length === 0)
    return `No silent device is known: on this account nothing speaks against going on with ${rollout}.`;
  const hold = state === 'on-hold' ? `keep ${version} on hold` : `put ${version} on hold`;
  return `${who[0]!.toUpperCase()}${who.slice(1)} can ${hold} and bring back ${counted(devices.length, 'device')}, by a visit or another hub, where nothing reaches them.`;
}
