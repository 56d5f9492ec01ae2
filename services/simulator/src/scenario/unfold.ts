import { addDays, daysBetween, startOf } from '@tocsin/domain';
import { createRandom } from '../feed/random.ts';
import { between } from './chance.ts';
import { evenly, partOf } from './even.ts';
import type { Firmware } from './schema.ts';
import type { Stream } from './streams.ts';
import type { World } from './world.ts';

const DAY = 86_400;
/** Nothing is done to a device that has just been installed. */
const SETTLED = 30 * DAY;

/**
 * Firmware and users' efforts: which home's device takes what, when, or fails to. Homes are gone through in the order of
 * the streams that these stop, the noisiest first, so that noisy ones get their share at any scale.
 */
export function unfold(world: World, streams: readonly Stream[], scale: number, seed: number): void {
  for (const [i, one] of world.scenario.firmware.entries())
    rollOut(world, streams, one, scale, seed + 40 + i);
  for (const [i, effort] of world.scenario.efforts.entries()) {
    const at = new Int32Array(world.homes);
    const models = world.scenario.models.hub.map(({ model }) => effort.models.includes(model));
    const random = createRandom(seed + 80 + i);
    const [chosen, when] = [evenly(15, seed + i), evenly(16, seed + i)];
    const first = startOf(effort.from) / 1000;
    const length = daysBetween(effort.from, effort.to) + 1;
    each(streams, effort.code, (home, k) => {
      if (!models[world.hubModel[home]!] || chosen(k) >= effort.share) return;
      if (world.installedAt[home]! > first - SETTLED) return;
      const day = startOf(addDays(effort.from, Math.floor(when(k) * length))) / 1000;
      at[home] = day + Math.floor(between(random, 8 * 3600, 18 * 3600));
    });
    world.helpedAt.push(at);
  }
}

function rollOut(world: World, streams: readonly Stream[], firmware: Firmware, scale: number, seed: number) {
  const { models, regions } = world.scenario;
  const areas = Object.keys(regions);
  const isHub = firmware.kind === 'CHF';
  const column = isHub ? world.hubModel : world.meterModel;
  const model = (isHub ? models.hub : models.ESME).findIndex((one) => one.model === firmware.model);
  const [firstWave] = firmware.waves;
  const first = firstWave ? startOf(firstWave.from) / 1000 : Number.POSITIVE_INFINITY;
  const eligible: number[] = [];
  each(streams, firmware.codes[0]!, (home) => {
    const there =
      firmware.regions.length === 0 || firmware.regions.some((one) => one === areas[world.region[home]!]);
    if (column[home] === model && there && world.installedAt[home]! < first - SETTLED) eligible.push(home);
  });
  const taken = { at: new Int32Array(world.homes), failed: new Uint8Array(world.homes) };
  world.taken.push(taken);
  const waves = firmware.waves.map((wave) => ({
    ...wave,
    share: wave.share ?? Math.min(1, wave.devices! / scale / Math.max(1, eligible.length)),
    length: daysBetween(wave.from, wave.to) + 1,
  }));
  const rest = { share: 1 };
  const random = createRandom(seed);
  const [wave, when, failing, deaf] = [
    evenly(17, seed),
    evenly(18, seed),
    evenly(19, seed),
    evenly(20, seed),
  ];
  let activated = 0;
  eligible.forEach((home, k) => {
    const found = waves[partOf([...waves, rest], wave(k))];
    if (!found) return;
    const day = startOf(addDays(found.from, Math.floor(when(k) * found.length))) / 1000;
    taken.at[home] = day + Math.floor(between(random, 3600, 5 * 3600));
    taken.failed[home] = outcomeOf(firmware, world.unstable[home] === 1 && !isHub, failing(k));
    if (taken.failed[home] === 0 && deaf(activated++) < firmware.deaf)
      world.deafAt[home] = taken.at[home]! + Math.floor(between(random, 2 * 3600, 10 * 3600));
  });
}

/** Reasons of failure: those of `fails`, then that of an unstable network. */
function outcomeOf(firmware: Firmware, unstable: boolean, at: number): number {
  if (unstable && firmware['unstable-fails'] !== undefined) return firmware.fails.length + 1;
  const index = partOf([...firmware.fails, { share: 1 }], at);
  return index < firmware.fails.length ? index + 1 : 0;
}

export const failureReason = ({ fails, ...firmware }: Firmware, failed: number): string =>
  fails[failed - 1]?.reason ?? firmware['unstable-fails']!;

function each(streams: readonly Stream[], code: string, visit: (home: number, k: number) => void): void {
  let k = 0;
  for (const { code: raised, process, list } of streams) {
    if (raised !== code || !process.groups) continue;
    for (const home of list) visit(home, k++);
  }
}
