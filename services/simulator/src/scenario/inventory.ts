import { createRandom } from '../feed/random.ts';
import { type Calendar, HOUR_MS } from './calendar.ts';
import { between, exponential } from './chance.ts';
import { createInventoryMessages, effectiveAt } from './inventory-messages.ts';
import type { Message } from './raise.ts';
import type { World } from './world.ts';

/** Minutes after which the inventory has an event, on the average, unless it comes late. */
const USUAL_MINUTES = 4;

export interface Inventory {
  /** How many homes were there before the scenario. */
  readonly old: number;
  /** All that is there before the scenario begins, in pieces. */
  initial(): Generator<Message[]>;
  /** What is told until a moment, ms, and hasn't been yet. */
  until(at: number): Message[];
}

const PIECE = 2000;
const INSTALLED = 0;
const SUPPLIER = 1;
const FIRST_HELP = 2;

/** @param end ms since the epoch; what happens from then on is not told */
export function createInventory(world: World, calendar: Calendar, seed: number, end: number): Inventory {
  const { efforts, firmware, arrival } = world.scenario;
  const messages = createInventoryMessages(world, seed);
  const random = createRandom(seed + 300);
  const begin = calendar.begin / 1000;
  const firstDownload = FIRST_HELP + efforts.length;
  const firstTaken = firstDownload + firmware.length;
  const homes: number[] = [];
  const kinds: number[] = [];
  const times: number[] = [];
  const add = (kind: number, home: number, at: number, told = at) => {
    const late = random.chance(arrival['late-inventory'].share);
    const wait = late
      ? between(random, ...arrival['late-inventory'].hours) * HOUR_MS
      : exponential(random, USUAL_MINUTES * 60_000);
    if (at * 1000 >= end) return;
    homes.push(home);
    kinds.push(kind);
    times.push(Math.floor(told * 1000 + wait));
  };
  const since = (at: number) => at >= begin;
  let old = 0;
  for (let home = 0; home < world.homes; home++) {
    if (since(world.installedAt[home]!)) {
      // When all of the home's devices are there.
      add(INSTALLED, home, world.installedAt[home]!, world.installedAt[home]! + 1800);
    } else old++;
    if (world.supplierAt[home] !== 0) add(SUPPLIER, home, world.supplierAt[home]!);
    world.helpedAt.forEach((at, i) => {
      if (at[home] !== 0) add(FIRST_HELP + i, home, at[home]!);
    });
    world.taken.forEach(({ at, failed }, i) => {
      if (at[home] === 0) return;
      if (failed[home] === 0) add(firstDownload + i, home, effectiveAt.downloaded(world, home, i));
      add(firstTaken + i, home, at[home]!);
    });
  }
  const order = Uint32Array.from(times, (_, i) => i).sort((a, b) => times[a]! - times[b]! || a - b);
  let next = 0;

  function tell(i: number, put: (one: Message) => void): void {
    const [home, kind, at] = [homes[i]!, kinds[i]!, times[i]!];
    if (kind === INSTALLED) {
      messages.installed(home, at, put);
      messages.suppressed(home, at, put);
    } else if (kind === SUPPLIER) messages.supplierChanged(home, at, put);
    else if (kind < firstDownload) messages.helped(home, kind - FIRST_HELP, at, put);
    else if (kind < firstTaken) messages.downloaded(home, kind - firstDownload, at, put);
    else messages.taken(home, kind - firstTaken, at, put);
  }

  return {
    old,
    *initial() {
      let piece: Message[] = [];
      for (let home = 0; home < world.homes; home++) {
        if (since(world.installedAt[home]!)) continue;
        const at = calendar.begin - 1;
        messages.installed(home, at, (one) => piece.push(one));
        messages.suppressed(home, at, (one) => piece.push(one));
        if (piece.length < PIECE) continue;
        yield piece;
        piece = [];
      }
      if (piece.length > 0) yield piece;
    },
    until(at) {
      const found: Message[] = [];
      for (; next < order.length && times[order[next]!]! <= at; next++)
        tell(order[next]!, (one) => found.push(one));
      return found;
    },
  };
}
