import { type AccuracyRow, shareRow } from '../trial.ts';

interface Forecast {
  state: string;
  low: number | null;
  high: number | null;
}

/** What was told of a component, beside the truth. */
export interface Found {
  /** Days after the last one; null: not within ten years. */
  truth: number | null;
  /** Whether four weeks of days are known. */
  enough: boolean;
  /** Whether the load falls. */
  falls: boolean;
  forecast: Forecast | null;
}

/** Of those that are reached soon a user wants to know until when. */
const SOON = 60;

export function rowsOf(world: string, found: readonly Found[]): AccuracyRow[] {
  const row = (
    measure: string,
    of: readonly Found[],
    is: (one: Found) => boolean,
    bounds: readonly [number, number],
  ) => shareRow({ question: 'capacity', world, measure }, of.filter(is).length, of.length, bounds);
  const isRefused = ({ forecast }: Found) => forecast === null;
  const enough = found.filter(({ enough }) => enough);
  const told = enough.filter((one) => !isRefused(one));
  const reached = told.filter(({ truth }) => truth !== null);
  const never = told.filter(({ truth }) => truth === null);
  return [
    row(
      'refused, of fewer than four weeks',
      found.filter(({ enough }) => !enough),
      isRefused,
      [1, 1],
    ),
    row('refused, of twelve weeks', enough, isRefused, [0, 0]),
    row('95% intervals that hold the day', enough, holds, [0.9, 0.99]),
    row('the same, of those that are reached', reached, holds, [0.9, 0.99]),
    row('the same, of those that never are', never, holds, [0.9, 1]),
    row('told as reached, of those that are', reached, isReached, [0.9, 1]),
    row(
      'told until when, of those reached within 60 days',
      reached.filter(({ truth }) => truth! <= SOON),
      ({ forecast }) => forecast!.high !== null,
      [0.5, 1],
    ),
    row(
      'told as never, of those whose load falls',
      never.filter(({ falls }) => falls),
      (one) => !isReached(one),
      [0.75, 1],
    ),
  ];
}

const isReached = ({ forecast }: Found) => forecast!.state !== 'never';

/** Null is after all days: within bounds that have no end. */
function holds({ truth, forecast }: Found): boolean {
  if (forecast === null) return false;
  const day = truth ?? Number.POSITIVE_INFINITY;
  return (
    day >= (forecast.low ?? Number.POSITIVE_INFINITY) && day <= (forecast.high ?? Number.POSITIVE_INFINITY)
  );
}
