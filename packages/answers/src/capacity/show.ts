import { amount, percent } from '../numbers.ts';
import { london } from '../period.ts';
import type { Capacity, Component, Told } from './told.ts';

/** For a person at a terminal. */
export function show(told: Told): string {
  if (told.components.length === 0) return 'The registry gives no component a capacity.\n';
  const { slots, whatIf, caution } = told;
  return [
    ...(caution === null ? [] : [caution]),
    ...linesOf(told),
    ...slots.map(
      ({ component, slots, ended, failed, hoursToFill }) =>
        `${component}: ${amount(ended)} downloads ended, ${amount(failed)} of them failed. In the busiest hour each would have had to hold its ` +
        `slot for ${Number(hoursToFill.toPrecision(3))} hours for all ${slots} to be taken. The stream tells when a download ended, not ` +
        'when it was asked for, how long it held a slot, nor what waited for one.',
    ),
    ...(whatIf ? ['', ifLine(whatIf), ...linesOf(whatIf)] : []),
    actionOf(told),
    ...(whatIf ? [ifSo(whatIf)] : []),
    '',
  ].join('\n');
}

const linesOf = ({ components, endToEnd }: Capacity): string[] => [
  ...components.map(componentLine),
  endToEnd.headroom === null
    ? 'End to end: no alerts in this period.'
    : `End to end: ${endToEnd.component} is the tightest, ${left(endToEnd.headroom)}` +
      `${endToEnd.forecast?.at ? `; the first used up is ${endToEnd.forecast.component}: ${when(endToEnd.forecast)}` : ''}.`,
];

const figure = (value: number) => String(Number(value.toPrecision(4)));
const left = (headroom: number) =>
  headroom < 0 ? `${percent(-headroom)} beyond it` : `${percent(headroom)} left`;

function componentLine({ name, unit, capacity, peak, headroom, forecast }: Component): string {
  const per = unit === 'requests' ? 'requests an hour' : unit;
  if (peak === null || headroom === null)
    return `${name}: nothing came; it takes ${figure(capacity)} ${per}.`;
  return (
    `${name}: at most ${figure(peak.load)} ${per} at ${london(peak.at)}, ${left(headroom)}` +
    (forecast ? `; its capacity of ${figure(capacity)}: ${when(forecast)}.` : '.')
  );
}

function when({ state, at, low, high }: NonNullable<Component['forecast']>): string {
  const between = `95%: ${low ? `${low} to ${high ?? 'never'}` : 'not within ten years'}`;
  if (state === 'never') return `not reached within ten years at the present growth (${between})`;
  return state === 'already'
    ? `reached already (${between})`
    : `reached on ${at} at the present growth (${between})`;
}

const ifLine = ({ raised, without }: NonNullable<Told['whatIf']>) =>
  `If ${[
    ...raised.map(({ component, from, to }) => `${component} took ${figure(to)} instead of ${figure(from)}`),
    ...(without.length > 0
      ? [
          `${without.join(', ')} did not come (load is not kept by code: of each hour’s tightest minute the share that they had of the hour)`,
        ]
      : []),
  ].join(' and ')}:`;

const tightOf = ({ components }: Pick<Capacity, 'components'>) =>
  components.filter(
    ({ headroom, forecast }) =>
      (headroom !== null && headroom < 0.25) || (forecast && forecast.state !== 'never'),
  );

/** Who should act. */
function actionOf({ components, endToEnd }: Told): string {
  if (endToEnd.headroom === null) return 'Nothing is known on which anybody could act.';
  const tight = tightOf({ components });
  if (tight.length === 0)
    return 'Nobody need act: more than a quarter of every capacity is left, and none is reached at the present growth.';
  return tight
    .map(
      ({ name, component }) =>
        `${name}: whoever runs it can raise its capacity (--raise ${component}=… tells what that gives); the parties whose alerts load ` +
        'it can stop some (tocsin report stoppable tells whose, --without CODE what that gives).',
    )
    .join('\n');
}

function ifSo(whatIf: Capacity): string {
  const tight = tightOf(whatIf).map(({ name }) => name);
  return tight.length === 0
    ? 'If it were so, nobody would have to act: more than a quarter of every capacity would be left, and none be reached.'
    : `If it were so, somebody would still have to act on ${tight.join(', ')}.`;
}
