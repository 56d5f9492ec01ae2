import { london } from '../period.ts';
import type { Told } from './told.ts';

/** For a person at a terminal. */
export function showRollout({ rollout, name, state, pauses, adoption, reading }: Told): string {
  const last = adoption.at(-1);
  return [
    `${rollout}  ${name}${state && `, ${state}`}`,
    ...pauses.map(
      ({ from, to, reason }) => `paused ${london(from)} to ${to === null ? 'now' : london(to)}: ${reason}`,
    ),
    ...(last ? [`${last.activated} of ${last.devices} devices activated by ${last.day}`] : []),
    reading,
    '',
  ].join('\n');
}
