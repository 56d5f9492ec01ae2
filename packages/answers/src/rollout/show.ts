import { london } from '../period.ts';
import type { Effect, Judged, Told } from './told.ts';

/** For a person at a terminal. */
export function showRollout({ rollout, name, state, pauses, ...judged }: Told): string {
  return [
    `${rollout}  ${name}${state && `, ${state}`}`,
    ...pauses.map(
      ({ from, to, reason }) => `paused ${london(from)} to ${to === null ? 'now' : london(to)}: ${reason}`,
    ),
    showJudged(judged),
  ].join('\n');
}

/** Adoption, effects and reading, as lines. */
export function showJudged({
  adoption,
  effects,
  others,
  by,
  reading,
}: Judged & Pick<Told, 'reading'>): string {
  const last = adoption.at(-1);
  return [
    ...(last ? [`${last.activated} of ${last.devices} devices activated by ${last.day}`] : []),
    ...(effects.length > 0 ? ['', 'Alerts a day and device or HAN that it adds, with 95% intervals'] : []),
    ...effects.map((one) => line(`${one.code} ${one.scope}`, one)),
    ...others.map((one) => line(`all others ${one.scope}`, one)),
    ...by.map(({ dimension, value, effect }) => line(`${effect.code} ${dimension} ${value}`, effect)),
    '',
    reading,
    '',
  ].join('\n');
}

function line(of: string, one: Effect): string {
  if (one.refused !== null) return `${of.padEnd(24)} not told: ${one.refused}`;
  const sides = `${one.activated} against ${one.controls}`;
  const p = (one.pAdjusted ?? one.p!).toPrecision(2);
  const alone = one.beforeAfter ? `  before and after ${one.beforeAfter.value.toFixed(3)}` : '';
  const placebo = one.placebo ? `  placebo ${range(one.placebo)}` : '';
  return `${of.padEnd(24)} ${range({ value: one.estimate!, low: one.low!, high: one.high! })}  p ${p}  ${sides}${alone}${placebo}`;
}

const range = ({ value, low, high }: { value: number; low: number; high: number }) =>
  `${value.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`;
