import type { Draw } from '../draw.ts';

/** Days that are looked at: growth is taken of the last eight weeks. */
export const DAYS = 84;
/** The days in which the installations a day are those that go on. */
const SAME = 35;
const YEARS = 3650;
/** Installations by the day of the week, from Monday on: 7 together. */
const WORKING = [1.3, 1.3, 1.3, 1.3, 1.2, 0.5, 0.1];
/** With fewer days no trend is told. */
const FEWEST = 28;

/** A region's load, alerts a second, in the highest minute of each day, and what was installed there. */
export interface Load {
  installed: readonly number[];
  peaks: readonly number[];
  /** Days on which the feed is missing in the hour of the peak. */
  missing: ReadonlySet<number>;
  /** What a day's peak is expected to be after the last day, as the mean over a week: now, and more on each day. */
  level: number;
  growth: number;
}

/**
 * A level that grows with the devices installed, by chance as many as on other such weekdays, and with time; around it the
 * week, and days that hang together (autoregressive). The lockdown stops installations for a while, or they are steady, or
 * there are none.
 */
export function drawLoad(draw: Draw): Load {
  const path = (['steady', 'lockdown', 'none'] as const)[draw.below(3)]!;
  const week = centred(Array.from({ length: 7 }, () => 0.1 * (2 * draw.uniform() - 1)));
  const rate = path === 'none' ? 0 : 4 + 8 * draw.uniform();
  const rateOn = (day: number) => {
    if (path === 'steady' || day >= DAYS - SAME) return rate;
    return day < DAYS - SAME - 14 ? rate / 0.42 : 0.05 * rate;
  };
  const installed = Array.from({ length: DAYS }, (_, day) =>
    draw.overdispersed(rateOn(day) * WORKING[day % 7]!, 20),
  );
  const first = 100 + 200 * draw.uniform();
  const byDevice = 0.02 + 0.06 * draw.uniform();
  const byDay = first * (draw.chance(0.3) ? 0 : 0.004 * draw.uniform() - 0.002);
  const [together, spread] = [0.6 * draw.uniform(), first * (0.01 + 0.05 * draw.uniform())];
  let [base, stray] = [0, spread * draw.normal()];
  const peaks = installed.map((devices, day) => {
    base += devices;
    stray = together * stray + Math.sqrt(1 - together ** 2) * spread * draw.normal();
    return (first + byDevice * base + byDay * day) * (1 + week[day % 7]!) + stray;
  });
  const missing = new Set(draw.chance(0.3) ? [DAYS - 30 + draw.below(25)] : []);
  return {
    ...{ installed, peaks, missing },
    level: first + byDevice * base + byDay * (DAYS - 1),
    growth: byDevice * rate + byDay,
  };
}

/** The day on which a network's feed begins: one in ten has less than four weeks of it. */
export const drawBeginning = (draw: Draw): number =>
  draw.chance(0.1) ? DAYS - FEWEST + 1 + draw.below(FEWEST / 2) : 0;

/** Of regions together, whose highest minutes are the same. */
export const together = (loads: readonly Load[]): Pick<Load, 'level' | 'growth'> => ({
  level: loads.reduce((sum, { level }) => sum + level, 0),
  growth: loads.reduce((sum, { growth }) => sum + growth, 0),
});

/** One that is reached within the next 200 days, or was in the last 20; one that isn't, where nothing grows. */
export function drawCapacity(draw: Draw, { level, growth }: Pick<Load, 'level' | 'growth'>): number {
  if (growth <= 0) return level * (1.05 + 0.5 * draw.uniform());
  return level + growth * (200 * draw.uniform() - (draw.chance(0.1) ? 20 : 0));
}

/** Days from the last one on until the expected peak is at the capacity: 0 where it is; null: not within ten years. */
export function reachedAfter(
  { level, growth }: Pick<Load, 'level' | 'growth'>,
  capacity: number,
): number | null {
  if (level >= capacity) return 0;
  const days = growth > 0 ? Math.ceil((capacity - level) / growth) : Number.POSITIVE_INFINITY;
  return days <= YEARS ? days : null;
}

const meanOf = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;
const centred = (values: readonly number[]) => values.map((one) => one - meanOf(values));
