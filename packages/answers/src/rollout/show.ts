import { london } from '../period.ts';
import type { Effect, Judged, Told } from './told.ts';

/** What happened at a moment: ISO 8601, or a UTC day. */
interface Happened {
  at: string;
  what: string;
}

/** For a person at a terminal. */
export function showRollout({ rollout, name, states, pauses, ...judged }: Told): string {
  const happened = [
    ...states.map(({ from, state, reason }) => ({ at: from, what: state + (reason && `: ${reason}`) })),
    ...pauses.flatMap(({ from, to, reason }) => [
      { at: from, what: `paused: ${reason}` },
      ...(to === null ? [] : [{ at: to, what: 'resumed' }]),
    ]),
  ];
  return [`${rollout}  ${name}${judged.state && `, ${judged.state}`}`, showJudged(judged, happened)].join(
    '\n',
  );
}

/** Time line, effects and reading, as lines. */
export function showJudged(
  { adoption, effects, others, by, reading }: Judged & Pick<Told, 'reading'>,
  happened: readonly Happened[] = [],
): string {
  const timeLine = [...happened, ...milestones(adoption)].sort((a, b) => (a.at < b.at ? -1 : 1));
  const named = [
    ...effects.map((one) => [`${one.code} ${one.scope}`, one] as const),
    ...others.map((one) => [`all others ${one.scope}`, one] as const),
    ...by.map(({ dimension, value, effect }) => [`${effect.code} ${dimension} ${value}`, effect] as const),
  ];
  return [
    ...timeLine.map(({ at, what }) => `${(at.length > 10 ? london(at) : at).padEnd(16)}  ${what}`),
    ...(effects.length > 0
      ? [
          '',
          'Alerts a day and device (or HAN) that it adds, with 95% intervals; p of side effects corrected for their number',
        ]
      : []),
    ...named.filter(([, one]) => one.refused === null).map(([name, one]) => line(name, one)),
    ...refusals(named),
    '',
    reading,
    '',
  ].join('\n');
}

/** When the first device activated, a quarter of those that did, half, three quarters, and the last one. */
function milestones(adoption: Judged['adoption']): Happened[] {
  const all = adoption.at(-1)?.activated ?? 0;
  const reached = [0, 0.25, 0.5, 0.75, 1].map(
    (share) => adoption.find(({ activated }) => activated > 0 && activated >= share * all)!,
  );
  return [...new Set(all === 0 ? [] : reached)].map(({ day, activated, devices }) => ({
    at: day,
    what: `${activated} of ${devices} devices activated`,
  }));
}

/** A line for each reason, with all of which nothing can be told for it. */
function refusals(named: readonly (readonly [string, Effect])[]): string[] {
  const byReason = new Map<string, string[]>();
  for (const [name, { refused }] of named)
    if (refused !== null) byReason.set(refused, [...(byReason.get(refused) ?? []), name]);
  return [...byReason].map(([reason, names]) => `Not told, as ${reason}: ${names.join(', ')}`);
}

function line(of: string, one: Effect): string {
  const p = one.pAdjusted ?? one.p!;
  return [
    `${of.padEnd(24)} ${range({ value: one.estimate!, low: one.low!, high: one.high! })} of ${one.before!.toFixed(3)} before`,
    p < 0.0001 ? 'p < 0.0001' : `p ${p.toFixed(4)}`,
    `${one.activated} against ${one.controls}`,
    ...(one.withoutSilent ? [`without silent ones ${range(one.withoutSilent)}`] : []),
    ...(one.beforeAfter ? [`before and after ${one.beforeAfter.value.toFixed(3)}`] : []),
    ...(one.placebo ? [`placebo ${range(one.placebo)}`] : []),
  ].join('  ');
}

const range = ({ value, low, high }: { value: number; low: number; high: number }) =>
  `${value.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`;
