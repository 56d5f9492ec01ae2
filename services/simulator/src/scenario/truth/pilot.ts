import { addDays, dayOf, startOf } from '@tocsin/domain';
import type { Drawn, Value } from './drawn.ts';

/** What a pilot of a firmware ended, and which of its hubs fell silent. */
export function pilot({ world, ended, told, complete }: Drawn): Record<string, Value> {
  const { scenario } = world;
  const { figures } = scenario;
  const never = { 'pilot.hubs': 0, 'pilot.fall': null, 'pilot.silent-share': null };
  if (!figures.pilot) return never;
  const { firmware: id, hold, days } = figures.pilot;
  const number = scenario.firmware.findIndex((one) => one.id === id);
  const asked = scenario.firmware[number]!;
  const { at, failed } = world.taken[number]!;
  const model = scenario.models.hub.findIndex((one) => one.model === asked.model);
  const end = startOf(hold) / 1000;
  const took = (home: number) => at[home] !== 0 && failed[home] === 0 && at[home]! < end;
  const all = Array.from({ length: world.homes }, (_, home) => home).filter(
    (home) => world.hubModel[home] === model && took(home),
  );
  if (all.length === 0) return never;
  const first = addDays(dayOf(all.reduce((one, home) => Math.min(one, at[home]!), end) * 1000), -days);
  if (!told({ first, last: addDays(hold, -1) })) return {};
  const since = startOf(first) / 1000;
  const hubs = all.filter((home) => world.installedAt[home]! < since);
  let control = 0;
  for (let home = 0; home < world.homes; home++)
    if (world.hubModel[home] === model && world.installedAt[home]! < since && !took(home)) control++;
  const silent = hubs.filter((home) => world.deafAt[home] !== 0 && world.deafAt[home]! < end);
  const of = new Set(hubs);
  const quiet = new Set(silent);
  const fall = (keep: (home: number) => boolean) =>
    ended.each(
      asked.codes,
      (home) => of.has(home) && keep(home),
      (home) => complete({ first: addDays(dayOf(at[home]! * 1000), 1), last: addDays(hold, -1) }),
    );
  return {
    'pilot.hubs': hubs.length,
    'pilot.control-hubs': control,
    'pilot.fall': fall(() => true),
    'pilot.fall-speaking':
      (fall((home) => !quiet.has(home)) * hubs.length) / Math.max(1, hubs.length - silent.length),
    'pilot.silent-hubs': silent.length,
    'pilot.silent-share': silent.length / hubs.length,
    'pilot.control-silent-hubs': 0,
  };
}
