import { addDays, daysBetween } from '@tocsin/domain';
import { createRandom } from '../feed/random.ts';
import type { Calendar } from './calendar.ts';
import { shuffle } from './even.ts';
import { installationLevel } from './installations.ts';
import type { Scenario } from './schema.ts';
import type { AlertProcess, Group } from './schema-alerts.ts';
import { kindNumber, NONE, type World } from './world.ts';

/** Homes of a stream that are alike: list[from] to list[to - 1]. */
interface Segment {
  readonly from: number;
  readonly to: number;
  /** Share of the stream's messages. */
  readonly makes: number;
}

/** One code raised by one group of homes' devices. */
export interface Stream {
  readonly index: number;
  readonly process: AlertProcess;
  readonly code: string;
  readonly kind: number;
  /** In an order by chance, the noisiest first. */
  readonly list: Uint32Array;
  readonly segments: readonly Segment[];
  /** Messages of the whole list in an hour of factor 1. */
  readonly messages: number;
  /** Alerts that a message stands for, on the average. */
  readonly size: number;
  /** Factor of each hour of the calendar. */
  readonly factor: Float64Array;
  /** Stream of the code that follows, when it is over. */
  clear: Stream | undefined;
}

export function createStreams(world: World, calendar: Calendar, seed: number): Stream[] {
  const { scenario } = world;
  const streams: Stream[] = [];
  const add = (process: AlertProcess, code: string, group: Group | undefined): Stream => {
    const kind = kindNumber(process.from);
    const list = membersOf(world, process, group);
    shuffle(list, createRandom(seed + 1000 + streams.length));
    const size = meanSize(scenario, process);
    const messages = group ? (group.rate * list.length) / 24 / size : 0;
    const index = streams.length;
    const segments = segmentsOf(list.length, group);
    const factor = factorsOf(scenario, calendar, process, group);
    const stream = { index, process, code, kind, list, segments, messages, size, factor, clear: undefined };
    streams.push(stream);
    return stream;
  };
  for (const process of scenario.alerts) {
    for (const group of process.groups ?? [undefined]) {
      const stream = add(process, process.code, group);
      // The clear has no rate of its own: it follows.
      if (process.clears) stream.clear = add(process, process.clears.code, undefined);
    }
  }
  return streams;
}

function membersOf(world: World, process: AlertProcess, group: Group | undefined): Uint32Array {
  const { models, parties } = world.scenario;
  const named = <T>(of: readonly T[], name: (one: T) => string, wanted: readonly string[] | undefined) =>
    of.map((one) => (wanted === undefined || wanted.includes(name(one)) ? 1 : 0));
  const isHub = process.from === 'CHF' || process.from === 'GPF';
  const isGas = process.from === 'GSME' || group?.gas === true;
  const [column, list] = isHub
    ? [world.hubModel, models.hub]
    : process.from === 'ESME'
      ? [world.meterModel, models.ESME]
      : [world.gasModel, models.GSME];
  const ofModel = named<{ model: string }>(list, ({ model }) => model, group?.models);
  const ofOperator = named(parties.operators, ({ id }) => id, group?.operators);
  const members = new Uint32Array(world.homes);
  let found = 0;
  for (let home = 0; home < world.homes; home++) {
    if (isGas && world.gasModel[home] === NONE) continue;
    if (ofModel[column[home]!] && ofOperator[world.operator[home]!]) members[found++] = home;
  }
  return members.slice(0, found);
}

function segmentsOf(length: number, group: Group | undefined): Segment[] {
  let from = 0;
  let left = 1;
  const noisy = (group?.noisy ?? []).map(({ share, makes }) => {
    const to = Math.min(length, from + Math.round(length * share));
    // Too few devices for a noisy one: what it would make is made by all.
    const segment = { from, to, makes: to > from ? makes : 0 };
    left -= segment.makes;
    from = to;
    return segment;
  });
  return [...noisy, { from, to: length, makes: left }];
}

/** Raw GBCS has no place for a count. */
function meanSize({ arrival: { encodings } }: Scenario, { gbcs, throttled }: AlertProcess): number {
  const raw = gbcs ? encodings.gbcs : 0;
  return (raw + (encodings.json + encodings.duis) * throttled) / (raw + encodings.json + encodings.duis);
}

function factorsOf(
  scenario: Scenario,
  calendar: Calendar,
  process: AlertProcess,
  group: Group | undefined,
): Float64Array {
  const { day, week } = scenario.shapes[process.shape]!;
  const mean = (of: readonly number[]) => of.reduce((sum, one) => sum + one, 0) / of.length;
  const [meanDay, meanWeek] = [mean(day), mean(week)];
  const levels = Array.from({ length: calendar.days }, (_, i) => {
    const date = addDays(calendar.first, i);
    const installed = 1 - process.installations + process.installations * installationLevel(scenario, date);
    return installed * trendAt(group?.trend ?? [], date);
  });
  return Float64Array.from({ length: calendar.hours }, (_, hour) => {
    const ofDay = day[day.length === 1 ? 0 : calendar.hourOfDay[hour]!]! / meanDay;
    return ofDay * (week[calendar.weekday[hour]!]! / meanWeek) * levels[calendar.dayOf[hour]!]!;
  });
}

function trendAt(trend: Group['trend'], date: string): number {
  if (trend.length === 0) return 1;
  const after = trend.findIndex(({ at }) => at > date);
  if (after === 0) return trend[0]!.level;
  const from = trend[(after === -1 ? trend.length : after) - 1]!;
  const to = after === -1 ? from : trend[after]!;
  const span = daysBetween(from.at, to.at);
  return from.level + (to.level - from.level) * (span === 0 ? 0 : daysBetween(from.at, date) / span);
}

/** Alerts that a home's device of this stream raises in an hour of factor 1, if nothing stops it. */
export function rateAt({ segments, messages, size }: Stream, position: number): number {
  const segment = segments.find(({ to }) => position < to)!;
  return (messages * size * segment.makes) / (segment.to - segment.from);
}
