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
    told.reading,
    '',
  ].join('\n');
}

const rateOf = (what: string, { silent, of, share, low, high }: Told['rate']['activated']) =>
  share === null || low === null || high === null
    ? `${what}: of none could it be told`
    : `${what}: ${silent} of ${of} whose silence could be told, ${percent(share)} (${percent(low)} to ${percent(high)}, 95%)`;
