import type { Stream } from './streams.ts';
import { installedAt, type World } from './world.ts';

/** Whether something that would be raised is: the device is there and heard, and nothing ends the code on it. */
export interface Causes {
  /**
   * @param at epoch seconds
   * @param luck in [0, 1), of this event; a firmware that ends a share of a code ends it for the lower ones
   */
  raises(stream: Stream, home: number, at: number, luck: number): boolean;
  /** Share of a stream's alerts that is left on a home's device at a time, 0 to 1. */
  left(stream: Stream, home: number, at: number): number;
}

export function createCauses(world: World, streams: readonly Stream[]): Causes {
  const { firmware, efforts, suppressed } = world.scenario;
  const ends = streams.map(({ code, process }) => ({
    firmware: firmware.flatMap((one, i) =>
      one.codes.includes(code) && one.kind === process.from
        ? [{ ...world.taken[i]!, left: 1 - one.effect }]
        : [],
    ),
    efforts: efforts.flatMap((one, i) =>
      one.code === code && process.from === 'CHF' ? [world.helpedAt[i]!] : [],
    ),
    quiet: suppressed.map(({ kind, codes }) => kind === process.from && codes.includes(code)),
  }));

  function left(stream: Stream, home: number, at: number): number {
    const { firmware, efforts, quiet } = ends[stream.index]!;
    if (at < installedAt(world, home, stream.kind)) return 0;
    if (world.deafAt[home] !== 0 && at >= world.deafAt[home]!) return 0;
    if (world.suppressed[home] !== 0 && world.breaking[home] === 0 && quiet[world.suppressed[home]! - 1])
      return 0;
    for (const since of efforts) if (since[home] !== 0 && at >= since[home]!) return 0;
    let share = 1;
    for (const one of firmware)
      if (one.at[home] !== 0 && one.failed[home] === 0 && at >= one.at[home]!) share *= one.left;
    return share;
  }

  return {
    left,
    raises(stream, home, at, luck) {
      const share = left(stream, home, at);
      return share >= 1 || luck < share;
    },
  };
}
