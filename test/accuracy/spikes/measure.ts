import { type AccuracyRow, meanRow, mostRow, shareRow } from '../trial.ts';
import { SIZES, type Size } from './events.ts';

/** What was told of one world. */
export interface Found {
  spikes: readonly {
    size: Size;
    /** Hours from its beginning until it was told; null: never. */
    delay: number | null;
    /** Whether its first driver was its cause; null where nothing was told of it. */
    driver: boolean | null;
  }[];
  /** What was told where nothing rose, a month. */
  falseAlarms: number;
  /** How many of these were around a change of clocks, and in a gap of the feed or the day after; null: there was none. */
  clocks: number | null;
  gap: number | null;
}

/**
 * Asked by how much more of the code comes: shares that are told within a day and a week, the median delay and the worst, of
 * the small ones no worst: of those that are no more than what chance does some are never told.
 */
const ASKED: Readonly<Record<Size, { day: number; week: number; median: number; worst: number | null }>> = {
  small: { day: 0.4, week: 0.7, median: 48, worst: null },
  medium: { day: 0.9, week: 0.97, median: 12, worst: 72 },
  large: { day: 0.99, week: 0.99, median: 4, worst: 24 },
};
const DAY = 24;
const hours = (value: number) => `${value} h`;

export function rowsOf(outcomes: readonly Found[]): AccuracyRow[] {
  const all = outcomes.flatMap(({ spikes }) => spikes);
  return [
    ...(Object.keys(SIZES) as Size[]).flatMap((size) =>
      detection(
        size,
        all.filter((one) => one.size === size),
      ),
    ),
    ...drivers(all),
    ...falseAlarms(outcomes),
  ];
}

function detection(size: Size, spikes: Found['spikes']): AccuracyRow[] {
  const of = { question: 'spikes', world: `${size}: ${100 * SIZES[size]}% more of the code` };
  const delays = spikes
    .map(({ delay }) => delay)
    .filter((delay) => delay !== null)
    .sort((a, b) => a - b);
  const asked = ASKED[size];
  const within = (most: number) => delays.filter((delay) => delay <= most).length;
  const share = (measure: string, most: number, least: number) =>
    shareRow({ ...of, measure }, within(most), spikes.length, [least, 1]);
  const delay = (measure: string, value: number | undefined, most: number) =>
    mostRow({ ...of, measure }, value, delays.length, most, hours);
  return [
    share('told within a day', DAY, asked.day),
    share('told within a week', 7 * DAY, asked.week),
    delay('median delay of those told', delays[Math.floor(delays.length / 2)], asked.median),
    ...(asked.worst === null ? [] : [delay('worst delay of those told', delays.at(-1), asked.worst)]),
  ];
}

function drivers(spikes: Found['spikes']): AccuracyRow[] {
  const told = spikes.filter(({ driver }) => driver !== null);
  const of = {
    question: 'spikes',
    world: 'of parties, a model, a firmware',
    measure: 'first driver is the cause',
  };
  return [shareRow(of, told.filter(({ driver }) => driver).length, told.length, [0.97, 1])];
}

function falseAlarms(outcomes: readonly Found[]): AccuracyRow[] {
  const row = (world: string, those: readonly Found[]) =>
    meanRow(
      { question: 'spikes', world, measure: 'false alarms a month' },
      those.map((one) => one.falseAlarms),
      [Number.NEGATIVE_INFINITY, 0.5],
      (value) => value.toFixed(2),
    );
  const worlds = (world: string, counts: readonly (number | null)[]) => {
    const those = counts.filter((count) => count !== null);
    const of = { question: 'spikes', world, measure: 'worlds with a false alarm there' };
    return shareRow(of, those.filter((count) => count > 0).length, those.length, [0, 0.02]);
  };
  return [
    row(
      'nothing rises',
      outcomes.filter(({ spikes }) => spikes.length === 0),
    ),
    row(
      'something rises',
      outcomes.filter(({ spikes }) => spikes.length > 0),
    ),
    worlds(
      'clocks change: the day before and after',
      outcomes.map(({ clocks }) => clocks),
    ),
    worlds(
      'the feed has a gap: in it and the day after',
      outcomes.map(({ gap }) => gap),
    ),
  ];
}
