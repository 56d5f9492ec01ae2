import { randomUUID } from 'node:crypto';
import type { Store } from '@tocsin/clickhouse';
import { HOUR, hourText, insertRows } from '../../support/store-feed.ts';
import type { Draw } from '../draw.ts';
import { insertLines, writeLedger } from '../ledger.ts';
import type { Gap, Spike } from './events.ts';
import { type Cell, type Course, drawCourse, MAKER, PARTIES } from './network.ts';

export interface World {
  /** Seconds since the epoch. */
  begins: number;
  hours: number;
  cells: readonly Cell[];
  spikes: readonly Spike[];
  gap: Gap | null;
}

interface Count {
  alerts: number;
  messages: number;
}

/** Britain's summer of 2020, in seconds since the epoch. */
export const SUMMER = {
  begins: Date.UTC(2020, 2, 29, 1) / 1000,
  ends: Date.UTC(2020, 9, 25, 1) / 1000,
};
const HELD_BACK = 6;

/** Draws what each cell has in each hour, and writes it as built: volume by the hour, load in its first minute. */
export async function simulate(store: Store, draw: Draw, world: World): Promise<void> {
  const counts = world.cells.map(() =>
    Array.from({ length: world.hours }, () => ({ alerts: 0, messages: 0 })),
  );
  for (const code of new Set(world.cells.map((cell) => cell.code))) drawCode(draw, world, code, counts);
  if (world.gap) leaveOut(world.gap, world.cells, counts);
  await write(store, world, counts);
}

function drawCode(draw: Draw, world: World, code: string, counts: readonly Count[][]): void {
  const { begins, hours, cells, spikes } = world;
  const course = drawCourse(draw);
  const spike = spikes.find((one) => one.code === code);
  const own = cells.flatMap((cell, place) => (cell.code === code ? [{ cell, counts: counts[place]! }] : []));
  const stray = (size: number) => draw.gamma(size) / size;
  let [ofDay, ofParties] = [1, new Map<string, number>()];
  for (let hour = 0; hour < hours; hour++) {
    const wall = wallClock(begins + hour * HOUR);
    if (wall % 24 === 0 || hour === 0) {
      ofDay = stray(course.size.day);
      ofParties = new Map(own.map(({ cell }) => [cell.party, stray(course.size.partyDay)]));
    }
    const ofHour = new Map(own.map(({ cell }) => [cell.party, stray(course.size.partyHour)]));
    const usual = ofDay * shapeAt(course, wall) * (1 + course.growth) ** (hour / 168);
    const rising = spike && hour >= spike.from && hour < spike.to;
    for (const { cell, counts } of own) {
      const rate = cell.rate * usual * ofParties.get(cell.party)! * ofHour.get(cell.party)!;
      const messages = draw.poisson(rising && spike.isAbout(cell) ? rate * spike.factor : rate);
      counts[hour] = { messages, alerts: messages + draw.poisson(messages * course.throttled) };
    }
  }
}

/** Hours on London's clocks since the epoch, which began on a Thursday. */
const wallClock = (at: number) => at / HOUR + (at >= SUMMER.begins && at < SUMMER.ends ? 1 : 0);

const shapeAt = ({ hours, weekdays }: Course, wall: number) =>
  hours[wall % 24]! * weekdays[Math.floor(wall / 24) % 7]!;

function leaveOut(
  { from, to, region, heldBack }: Gap,
  cells: readonly Cell[],
  counts: readonly Count[][],
): void {
  cells.forEach((cell, place) => {
    if (region !== '' && cell.region !== region) return;
    const own = counts[place]!;
    for (let hour = from; hour < Math.min(to, own.length); hour++) {
      const { alerts, messages } = own[hour]!;
      own[hour] = { alerts: 0, messages: 0 };
      const late = own[to + (hour % HELD_BACK)];
      if (!heldBack || !late) continue;
      late.alerts += alerts;
      late.messages += messages;
    }
  });
}

async function write(
  store: Store,
  { begins, hours, cells }: World,
  counts: readonly Count[][],
): Promise<void> {
  const version = randomUUID();
  const texts = Array.from({ length: hours }, (_, hour) => hourText(begins + hour * HOUR));
  const rows = cells.flatMap((cell, place) =>
    counts[place]!.flatMap((count, hour) => (count.messages > 0 ? [{ cell, hour, ...count }] : [])),
  );
  await insertLines(
    store,
    'rollup_hours',
    [
      ...['version', 'hour', 'alert_code', 'manufacturer', 'model', 'firmware', 'region'],
      ...['responsible_party', 'suppression', 'alerts', 'messages'],
    ],
    rows.map(({ cell, hour, alerts, messages }) => [
      ...[version, texts[hour]!, cell.code, MAKER, cell.model, cell.firmware, cell.region],
      ...[cell.party, cell.party.startsWith('idno') ? 'unstoppable' : 'suppressible', alerts, messages],
    ]),
  );
  const regions = [...new Set(cells.map((cell) => cell.region))];
  const sumOf = (hour: number, region?: string) =>
    cells.reduce(
      (sum, cell, place) => {
        if (region !== undefined && cell.region !== region) return sum;
        const { alerts, messages } = counts[place]![hour]!;
        return { alerts: sum.alerts + alerts, messages: sum.messages + messages };
      },
      { alerts: 0, messages: 0 },
    );
  await insertLines(
    store,
    'load_minutes',
    ['version', 'hour', 'minute', 'region', 'alerts', 'messages'],
    texts.flatMap((text, hour) =>
      regions
        .map((region) => ({ region, ...sumOf(hour, region) }))
        .filter(({ messages }) => messages > 0)
        .map(({ region, alerts, messages }) => [version, text, text, region, alerts, messages]),
    ),
  );
  const told = texts
    .map((hour, place) => ({ hour, messages: sumOf(place).messages }))
    .filter(({ messages }) => messages > 0);
  await writeLedger(
    store,
    version,
    told,
    (['rollup_hours', 'load_minutes'] as const).flatMap((target) =>
      told.map(({ hour, messages }) => ({ target, bucket: hour, messages })),
    ),
  );
  await insertRows(store, 'registry_versions', [{ version: '1' }]);
  await insertRows(
    store,
    'parties',
    PARTIES.map((party) => ({ version: '1', ...party })),
  );
}
