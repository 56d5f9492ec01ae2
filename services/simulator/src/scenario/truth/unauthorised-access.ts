import { addDays, type Day, type Days, dayOf, daysOf, startOf } from '@tocsin/domain';
import type { Meaning } from '../meanings.ts';
import type { Drawn, Value } from './drawn.ts';

/** The fall of a code over a firmware's rollout, and whose it is: by the rates that it was drawn from. */
export function unauthorisedAccess({ world, ended, told, mean, lost }: Drawn): Record<string, Value> {
  const { scenario } = world;
  const { figures } = scenario;
  const never = { 'unauthorised-access.fall': null, 'unauthorised-access.together': null };
  if (!figures['unauthorised-access']) return never;
  const { firmware: id, days } = figures['unauthorised-access'];
  const number = scenario.firmware.findIndex((one) => one.id === id);
  const { at, failed } = world.taken[number]!;
  const times = at.filter((time, home) => time !== 0 && failed[home] === 0);
  if (times.length === 0) return never;
  const first = dayOf(times.reduce((one, other) => Math.min(one, other)) * 1000);
  const last = dayOf(times.reduce((one, other) => Math.max(one, other)) * 1000);
  const before = { first: addDays(first, -days), last: addDays(first, -1) };
  const after = { first: addDays(last, 1), last: addDays(last, days) };
  if (!told(before) || !told(after)) return {};
  const { codes } = scenario.firmware[number]!;
  const ofCode = ({ code }: Meaning) => codes.includes(code);
  // The weekday that one window lacks is left out of the other as well.
  const lacking = [...daysOf(before), ...daysOf(after)].filter((day) => lost.has(day)).map(weekdayOf);
  const paired = (window: Days) => daysOf(window).filter((day) => !lacking.includes(weekdayOf(day)));
  const [was, is] = [mean(paired(before), ofCode), mean(paired(after), ofCode)];
  const helped = (home: number) =>
    scenario.efforts.reduce((earliest, { code }, i) => {
      const time = codes.includes(code) ? world.helpedAt[i]![home]! : 0;
      return time === 0 ? earliest : Math.min(earliest, time);
    }, Number.POSITIVE_INFINITY);
  const activated = (home: number) =>
    at[home] !== 0 && failed[home] === 0 ? at[home]! : Number.POSITIVE_INFINITY;
  const end = startOf(addDays(after.last, 1)) / 1000;
  const byOwner = (ours: (home: number) => boolean) =>
    ended.over(codes, paired(after), (home) => Math.min(helped(home), activated(home)) < end && ours(home));
  const firmware = byOwner((home) => activated(home) <= helped(home));
  const users = byOwner((home) => helped(home) < activated(home));
  return {
    'unauthorised-access.before': was,
    'unauthorised-access.after': is,
    'unauthorised-access.fall': was - is,
    'unauthorised-access.firmware': firmware,
    'unauthorised-access.users': users,
    'unauthorised-access.together': firmware + users,
  };
}

const weekdayOf = (day: Day): number => new Date(`${day}T12:00:00Z`).getUTCDay();
