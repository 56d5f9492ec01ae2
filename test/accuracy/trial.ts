import type { Store } from '@tocsin/clickhouse';

/** A measure of accuracy over all seeds, beside the bounds that it has to keep. */
export interface AccuracyRow {
  /** The question whose answers were looked at, such as `rollout`. */
  question: string;
  /** What was simulated. */
  world: string;
  measure: string;
  /** As it is shown: with its error, where it has one. */
  value: string;
  /** The bounds asked, both included, as they are shown. */
  asked: string;
  /** Of how many it is taken: simulations, devices, alarms. */
  of: number;
  holds: boolean;
}

/**
 * Worlds with known truth, and how the answers to one question stand against it. `run` writes the worlds of so many seeds into
 * an empty store, and asks: each seed gives one outcome, and the same one each time. `rows` gets the outcomes of all seeds:
 * none is left out, and what was refused is among them.
 */
export interface Trial<Outcome = unknown> {
  name: string;
  /** Of how many seeds the worlds stand in the store together, where the question keeps them apart: 1 where it doesn't. */
  together: number;
  /** Seeds that CI runs, where a hundred of them take minutes. */
  ciSeeds?: number;
  run(store: Store, seeds: readonly number[]): Promise<Outcome[]>;
  rows(outcomes: readonly Outcome[]): AccuracyRow[];
}

/** From how many simulations on a measure has to keep the bounds themselves. */
const FULL = 1000;
/** By how many standard errors of sampling a measure of fewer may be outside: beyond that is chance 1 time in 740. */
const ERRORS = 3;

const percent = (share: number) => `${(100 * share).toFixed(1)}%`;

/**
 * A share, held to [low, high]. Of fewer than 1,000 the bounds are wider by three standard errors of a share that is just at
 * the bound (binomial: sqrt(p(1 − p)/n)).
 */
export function shareRow(
  of: Pick<AccuracyRow, 'question' | 'world' | 'measure'>,
  held: number,
  all: number,
  [low, high]: readonly [number, number],
): AccuracyRow {
  const slack = (p: number) => (all >= FULL || all === 0 ? 0 : ERRORS * Math.sqrt((p * (1 - p)) / all));
  const [least, most] = [Math.max(0, low - slack(low)), Math.min(1, high + slack(high))];
  const share = held / all;
  return {
    ...of,
    value: all === 0 ? 'none' : `${percent(share)} (${held})`,
    asked: least === most ? percent(least) : `${percent(least)} to ${percent(most)}`,
    of: all,
    holds: all === 0 || (share >= least && share <= most),
  };
}

/** A mean with its Monte Carlo error, held to [low, high] (low may be -Infinity). Of fewer than 1,000 the bounds are wider by three such errors. */
export function meanRow(
  of: Pick<AccuracyRow, 'question' | 'world' | 'measure'>,
  values: readonly number[],
  [low, high]: readonly [number, number],
  show: (value: number) => string = percent,
): AccuracyRow {
  const n = values.length;
  // One alone has no error to be held by.
  if (n < 2) return { ...of, value: 'none', asked: 'of two at least', of: n, holds: true };
  const mean = values.reduce((sum, one) => sum + one, 0) / n;
  const error = Math.sqrt(values.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (n - 1) / n);
  const slack = n >= FULL ? 0 : ERRORS * error;
  return {
    ...of,
    value: `${show(mean)} ± ${show(error)}`,
    asked:
      low === Number.NEGATIVE_INFINITY
        ? `at most ${show(high + slack)}`
        : `${show(low - slack)} to ${show(high + slack)}`,
    of: n,
    holds: mean >= low - slack && mean <= high + slack,
  };
}

/** The greatest of what was found, or one in its middle: `most` at the most. */
export function mostRow(
  of: Pick<AccuracyRow, 'question' | 'world' | 'measure'>,
  value: number | undefined,
  all: number,
  most: number,
  show: (value: number) => string,
): AccuracyRow {
  return {
    ...of,
    value: value === undefined ? 'none' : show(value),
    asked: `at most ${show(most)}`,
    of: all,
    holds: value === undefined || value <= most,
  };
}
