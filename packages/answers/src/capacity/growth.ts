import { addDays, type Day, daysBetween } from '@tocsin/domain';
import { studentQuantile } from '@tocsin/report';
import { dot, leastSquares, type Regressors } from './least-squares.ts';

/** A whole London day: its highest minute, and the devices installed on it. */
export interface LoadDay {
  readonly day: Day;
  /** Null where nothing is to be read from it: the feed was missing for a while, or no alert came. */
  readonly peak: number | null;
  readonly installed: number;
}

/** What the peak of a day is expected to be, so many days after the last one, with the bounds of its 95% interval. */
export interface Growth {
  readonly lastDay: Day;
  readonly model: string;
  peakAfter(days: number): { value: number; low: number; high: number };
}

/** Four weeks: with fewer days a trend can't be told from the week. */
const FEWEST_DAYS = 28;
const RATE_DAYS = 28;
/** What must be left of the devices installed once time and weekday are taken off, for both to be in the model. */
const APART = 0.001;

/**
 * Growth of the daily peak: least squares on time, on devices installed by then and on the weekday, as the mean over a week.
 * It goes on as time does, and with installations as many a day as in the last four weeks; the bounds tell of what is
 * uncertain in both. Where installations are as steady as time itself they alone stand for it, where there are none time
 * does. Null with fewer than 28 days that a peak is known of.
 * @param days one after another, without a hole
 */
export function growthOf(days: readonly LoadDay[]): Growth | null {
  const lastDay = days.at(-1)?.day;
  const known = withBase(days).filter((day) => day.peak !== null);
  if (lastDay === undefined || known.length < FEWEST_DAYS || new Set(known.map(placeOf)).size < 7)
    return null;
  const drivers = driversOf(known);
  const design = known.map((day) => [1, ...drivers.map((driver) => day[driver]), ...weekday(day.age)]);
  const fit = leastSquares(
    design,
    known.map(({ peak }) => peak!),
  );
  const rate = rateOf(days.slice(-RATE_DAYS));
  const now: Regressors = design[0]!.map((_, i) => (i === 0 ? 1 : 0));
  const step: Regressors = design[0]!.map((_, i) => {
    const driver = drivers[i - 1];
    return driver === 'age' ? 1 : driver === 'base' ? rate.value : 0;
  });
  const byDevice = fit.coefficients[1 + drivers.indexOf('base')]!;
  const ofRate = drivers.includes('base') ? byDevice ** 2 * rate.variance : 0;
  const [fixed, shared, growing] = [
    fit.covariance(now, now),
    fit.covariance(now, step),
    fit.covariance(step, step),
  ];
  const quantile = studentQuantile(fit.freedom);
  return {
    lastDay,
    model: modelOf(known.length, days[0]!.day, drivers, rate.value),
    peakAfter(ahead) {
      const value = dot(now, fit.coefficients) + ahead * dot(step, fit.coefficients);
      const half =
        quantile * Math.sqrt(Math.max(0, fixed + 2 * ahead * shared + ahead ** 2 * (growing + ofRate)));
      return { value, low: value - half, high: value + half };
    },
  };
}

type Driver = 'age' | 'base';
type Known = LoadDay & { age: number; base: number };

/** age: days since the last one; base: devices installed since its end. Both end at 0. */
function withBase(days: readonly LoadDay[]): Known[] {
  let base = 0;
  return days
    .toReversed()
    .map((day) => {
      const known = { ...day, age: daysBetween(days.at(-1)!.day, day.day), base };
      base -= day.installed;
      return known;
    })
    .reverse();
}

const placeOf = ({ age }: { age: number }) => ((age % 7) + 7) % 7;

/** Six columns that are 0 over a week together, so that all else is the mean over the week. */
function weekday(age: number): number[] {
  const place = placeOf({ age });
  return Array.from({ length: 6 }, (_, i) => (place === i ? 1 : 0) - (place === 6 ? 1 : 0));
}

function driversOf(known: readonly Known[]): Driver[] {
  const base = known.map((day) => day.base);
  const mean = base.reduce((sum, one) => sum + one, 0) / base.length;
  const scatter = base.reduce((sum, one) => sum + (one - mean) ** 2, 0);
  if (scatter === 0) return ['age'];
  const { residuals } = leastSquares(
    known.map(({ age }) => [1, age, ...weekday(age)]),
    base,
  );
  const apart = residuals.reduce((sum, one) => sum + one ** 2, 0);
  return apart / scatter < APART ? ['base'] : ['age', 'base'];
}

/** Devices installed a day; its variance is by how far days stray from the mean of their weekday. */
function rateOf(days: readonly LoadDay[]): { value: number; variance: number } {
  const value = days.reduce((sum, { installed }) => sum + installed, 0) / days.length;
  const squares = days.reduce((sum, { installed }, i) => {
    const same = days.filter((_, other) => other % 7 === i % 7);
    return sum + (installed - same.reduce((total, one) => total + one.installed, 0) / same.length) ** 2;
  }, 0);
  return { value, variance: squares / (days.length - 7) / days.length };
}

const modelOf = (days: number, since: Day, drivers: readonly Driver[], rate: number) =>
  `least squares of ${days} daily peaks since ${since} on ${drivers
    .map((driver) => (driver === 'age' ? 'time' : 'devices installed'))
    .join(', ')} and weekday` +
  (drivers.includes('base')
    ? `, with ${Number(rate.toPrecision(3))} devices a day installed from now on`
    : '');

export const dayAfter = (growth: Growth, days: number): Day => addDays(growth.lastDay, days);
