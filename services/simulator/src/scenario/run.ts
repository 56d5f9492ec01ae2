import type { Alert } from '@tocsin/domain';
import { FileError } from '@tocsin/runtime';
import { createAddressees } from './addressees.ts';
import { createCalendar, HOUR_MS } from './calendar.ts';
import { createHours } from './hours.ts';
import { createInventory } from './inventory.ts';
import { createMeanings, type Meaning } from './meanings.ts';
import { createRaising, type Message } from './raise.ts';
import { restrict } from './restrict.ts';
import type { Scenario } from './schema.ts';
import { createStreams, type Stream } from './streams.ts';
import { createTally } from './tally.ts';
import { createFigures, type TruthFile } from './truth/figures.ts';
import { unfold } from './unfold.ts';
import { createWorld } from './world.ts';

export interface RunOptions {
  readonly scenario: Scenario;
  /** So many devices of the network stand as one. */
  readonly scale: number;
  readonly seed: number;
  /** London days of the alerts, both included; the whole calendar unless given. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly population?: string | undefined;
  /** It goes on when the calendar has ended. */
  readonly live?: boolean;
  /** Told what each alert that will be accepted means, by its cause. */
  readonly witness?: (alert: Alert, meaning: Meaning) => void;
}

/** Messages in the order in which they go out, those of the inventory before the alerts of the same piece. */
export interface Piece {
  readonly inventory: readonly Message[];
  readonly alerts: readonly Message[];
  /** Moment up to which everything has been told, ms. */
  readonly at: number;
}

export interface ScenarioRun {
  readonly devices: number;
  /** Moments at which the alerts begin and end, ms. */
  readonly begin: number;
  readonly end: number;
  pieces(): Generator<Piece>;
  /** What was drawn so far. */
  truth(): TruthFile;
}

const PIECE = 2000;
/** Days after the calendar's last for which homes are kept ready for one that goes on. */
const BEYOND = 35;

/** @throws FileError where no alert would be told, or other days than those asked for */
function refuseDays({ first, last }: Scenario['calendar'], { from, to }: RunOptions): void {
  const faults = Object.entries({ from, to }).flatMap(([name, day]) =>
    day !== undefined && (day < first || day > last)
      ? [`${name} is ${day}: expected a day of the scenario, ${first} to ${last}`]
      : [],
  );
  if (from !== undefined && to !== undefined && from > to)
    faults.push(`from is ${from}: expected a day not after to, ${to}`);
  if (faults.length > 0) throw new FileError(faults);
}

/**
 * A scenario as it goes; the same options give the same bytes.
 * @throws FileError where the scenario has no such population or days
 */
export function createRun(options: RunOptions): ScenarioRun {
  const { scale, seed, population, live = false } = options;
  const scenario = population === undefined ? options.scenario : restrict(options.scenario, population);
  refuseDays(scenario.calendar, options);
  const calendar = createCalendar(scenario.calendar.first, scenario.calendar.last);
  const world = createWorld(scenario, scale, seed, live ? BEYOND : 0);
  const streams = createStreams(world, calendar, seed);
  unfold(world, streams, scale, seed);
  const addressees = createAddressees(world);
  const meanings = createMeanings(world, addressees);
  const tally = createTally(calendar.days);
  const figures = createFigures({ world, calendar, streams, meanings, tally, ...options });
  const { witness } = options;
  const raising = createRaising({
    world,
    calendar,
    streams,
    addressees,
    meanings,
    tally,
    seed,
    witness(stream: Stream | null, home, alert, meaning) {
      figures.witness(stream, home, alert);
      witness?.(alert, meanings.list[meaning]!);
    },
  });
  const drawHour = createHours(world, calendar, streams, scale, seed);
  const { firstHour, lastHour } = figures.span;
  const end = calendar.begin + lastHour * HOUR_MS;
  const inventory = createInventory(world, calendar, seed, live ? Number.POSITIVE_INFINITY : end);

  function* hour(index: number): Generator<Piece> {
    let pieces: Message[][] = [[]];
    raising.hour(index, drawHour(index), (message) => {
      const last = pieces[pieces.length - 1]!;
      if (last.length < PIECE) last.push(message);
      else pieces.push([message]);
    });
    const end = calendar.begin + (index + 1) * HOUR_MS - 1;
    for (const [i, alerts] of pieces.entries()) {
      const at = i === pieces.length - 1 ? end : alerts[alerts.length - 1]!.timestamp;
      yield { inventory: inventory.until(at), alerts, at };
    }
    pieces = [];
  }

  return {
    devices: figures.devices,
    begin: calendar.begin + firstHour * HOUR_MS,
    end,
    *pieces() {
      const begin = calendar.begin + firstHour * HOUR_MS;
      for (const initial of inventory.initial())
        yield { inventory: initial, alerts: [], at: calendar.begin - 1 };
      yield { inventory: inventory.until(begin - 1), alerts: [], at: begin - 1 };
      for (let index = firstHour; live || index < lastHour; index++) yield* hour(index);
      const rest: Message[] = [];
      raising.rest((one) => rest.push(one));
      yield {
        inventory: inventory.until(Number.POSITIVE_INFINITY),
        alerts: rest,
        at: end,
      };
    },
    truth: () => figures.truth(),
  };
}
