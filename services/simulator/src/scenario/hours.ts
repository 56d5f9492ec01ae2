import { createRandom } from '../feed/random.ts';
import { type Calendar, HOUR_MS } from './calendar.ts';
import { exponential, poisson } from './chance.ts';
import type { Stream } from './streams.ts';
import { installedAt, NONE, type World } from './world.ts';

const TWO_32 = 4_294_967_296;
/** A time within an hour and an index of an event, packed into a number that sorts by time. */
const INDEX = 2 ** 24;
/** Hubs log the joining of a home's devices over so many seconds after the installation. */
const JOINING = 7200;

/** What happens in an hour, in order of time. Reused by the next call. */
export interface Hour {
  readonly length: number;
  /** Milliseconds since the hour's beginning, the stream's index, the home, and a number in [0, 1) that decides what a firmware ends. */
  read(i: number): { at: number; stream: number; home: number; luck: number };
}

interface Event {
  at: number;
  stream: number;
  home: number;
  luck: number;
}

/** Index of the stream of devices that no inventory knows; `home` is then their number. */
export const STRANGER = 0xffff;

/** Draws hour after hour from the seed; what follows an event later is kept until its hour comes. */
export function createHours(
  world: World,
  calendar: Calendar,
  streams: readonly Stream[],
  scale: number,
  seed: number,
) {
  const { strangers } = world.scenario;
  const pending = new Map<number, Event[]>();
  let room = 1 << 16;
  let keys = new Float64Array(room);
  let stream = new Uint16Array(room);
  let homes = new Uint32Array(room);
  let luck = new Float32Array(room);
  let length = 0;
  const event: Event = { at: 0, stream: 0, home: 0, luck: 0 };
  const fresh = freshHomes(world, calendar);
  const installing = streams.filter(({ process }) => process.installs !== undefined);
  const strangerCount = Math.max(1, Math.round(strangers.devices / scale));

  function push(at: number, ofStream: number, home: number, chance: number): void {
    if (length === room) grow();
    keys[length] = Math.floor(at) * INDEX + length;
    stream[length] = ofStream;
    homes[length] = home;
    luck[length++] = chance;
  }

  function grow(): void {
    room *= 2;
    const wider = <T extends Float64Array | Uint16Array | Uint32Array | Float32Array>(
      from: T,
      into: T,
    ): T => {
      into.set(from as never);
      return into;
    };
    keys = wider(keys, new Float64Array(room));
    stream = wider(stream, new Uint16Array(room));
    homes = wider(homes, new Uint32Array(room));
    luck = wider(luck, new Float32Array(room));
  }

  function later(hour: number, at: number, ofStream: number, home: number, chance: number): void {
    const due = hour + Math.floor(at / HOUR_MS);
    const one = { at: at % HOUR_MS, stream: ofStream, home, luck: chance };
    const waiting = pending.get(due);
    if (waiting) waiting.push(one);
    else pending.set(due, [one]);
  }

  /** Now, if it is still within the hour. */
  function follow(hour: number, at: number, ofStream: number, home: number, chance: number): void {
    if (at < HOUR_MS) push(at, ofStream, home, chance);
    else later(hour, at, ofStream, home, chance);
  }

  function draw(one: Stream, hour: number): void {
    const random = createRandom(
      seed ^ Math.imul(hour + 1, 0x9e3779b1) ^ Math.imul(one.index + 1, 0x85ebca77),
    );
    const { process, list, segments, clear } = one;
    if (process.every !== undefined) {
      const part = hour % process.every;
      const first = Math.floor((list.length * part) / process.every);
      const end = Math.floor((list.length * (part + 1)) / process.every);
      for (let i = first; i < end; i++)
        push(((i - first) / (end - first)) * HOUR_MS, one.index, list[i]!, random.below(TWO_32) / TWO_32);
      return;
    }
    const expected = one.messages * factorAt(one, hour);
    for (const { from, to, makes } of segments) {
      for (let n = poisson(random, expected * makes); n > 0; n--) {
        const at = random.below(HOUR_MS);
        const home = list[from + random.below(to - from)]!;
        const chance = random.below(TWO_32) / TWO_32;
        push(at, one.index, home, chance);
        if (clear)
          follow(hour, at + exponential(random, process.clears!.after * 60_000), clear.index, home, chance);
      }
    }
  }

  function installations(hour: number): void {
    const random = createRandom(seed ^ Math.imul(hour + 1, 0xc2b2ae35));
    for (const home of fresh(hour)) {
      for (const { index, kind, process } of installing) {
        if (process.from === 'GSME' && world.gasModel[home] === NONE) continue;
        const since = installedAt(world, home, kind) * 1000 - calendar.begin - hour * HOUR_MS;
        for (let n = process.installs!; n > 0; n--)
          follow(
            hour,
            since + 1000 + random.below(JOINING * 1000),
            index,
            home,
            random.below(TWO_32) / TWO_32,
          );
      }
    }
  }

  return function drawHour(hour: number): Hour {
    length = 0;
    for (const { at, stream, home, luck } of pending.get(hour) ?? []) push(at, stream, home, luck);
    pending.delete(hour);
    for (const one of streams) draw(one, hour);
    installations(hour);
    const random = createRandom(seed ^ Math.imul(hour + 1, 0x27d4eb2f));
    for (let n = poisson(random, (strangers.rate * strangerCount) / 24); n > 0; n--)
      push(random.below(HOUR_MS), STRANGER, random.below(strangerCount), 0);
    keys.subarray(0, length).sort();
    return {
      length,
      read(i) {
        const key = keys[i]!;
        const index = key % INDEX;
        event.at = Math.floor(key / INDEX);
        event.stream = stream[index]!;
        event.home = homes[index]!;
        event.luck = luck[index]!;
        return event;
      },
    };
  };
}

const WEEK = 168;

/** Beyond the calendar its last week comes again and again. */
export function factorAt({ factor }: Stream, hour: number): number {
  const beyond = hour - factor.length;
  return factor[beyond < 0 ? hour : factor.length - WEEK + (beyond % WEEK)] ?? 0;
}

/** Homes by the hour of their installation. */
function freshHomes(world: World, calendar: Calendar): (hour: number) => Uint32Array {
  const since = calendar.begin / 1000;
  const homes: number[] = [];
  for (let home = 0; home < world.homes; home++) if (world.installedAt[home]! >= since) homes.push(home);
  const order = Uint32Array.from(homes).sort((a, b) => world.installedAt[a]! - world.installedAt[b]!);
  const firstFrom = (at: number) => {
    let [low, high] = [0, order.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (world.installedAt[order[middle]!]! < at) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return (hour) => order.subarray(firstFrom(since + hour * 3600), firstFrom(since + (hour + 1) * 3600));
}
