/** An hour or a day of a code, of one party or over all (null), that is above its usual; times in ms since the epoch. */
export interface Above {
  readonly code: string;
  readonly party: string | null;
  readonly from: number;
  readonly to: number;
  readonly alerts: number;
  readonly usual: number;
  /** Spreads above usual. */
  readonly score: number;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** When what was held back in a gap of the feed may still arrive. */
const DELAYED = 12 * HOUR;
/** Hours are held against six weeks: for so long after a level rose they have two levels, and days tell what is new. */
const TWO_LEVELS = 42 * DAY;
/**
 * Scores that a run of hours has together, at least: one hour alone is often above by chance, where alerts come several to
 * a message and a few devices make most of them; and that of many parties more often than over all of them.
 */
const ENOUGH = { overAll: 20, party: 40 };

const isSame = (a: Above, b: Above) => a.code === b.code && a.party === b.party;

/** Hours but for those of a gap in the feed (their beginnings), and those after it. */
export const withoutGaps = (hours: readonly Above[], gaps: readonly number[]): Above[] =>
  hours.filter(({ from }) => !gaps.some((gap) => from >= gap && from <= gap + DELAYED));

/** @param between time that may lie between two of a run. Of a run the score is its greatest; `together` is their sum. */
function runsOf(rows: readonly Above[], between: number): (Above & { together: number })[] {
  const runs: (Above & { together: number })[] = [];
  const order = [...rows].sort(
    (a, b) => compare(a.code, b.code) || compare(a.party ?? '\0', b.party ?? '\0') || a.from - b.from,
  );
  for (const row of order) {
    const last = runs.at(-1);
    if (!last || !isSame(last, row) || row.from - last.to > between)
      runs.push({ ...row, together: row.score });
    else
      runs[runs.length - 1] = {
        ...last,
        to: row.to,
        alerts: last.alerts + row.alerts,
        usual: last.usual + row.usual,
        score: Math.max(last.score, row.score),
        together: last.together + row.score,
      };
  }
  return runs;
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Spikes: runs of days, between which one day may be quiet, and runs of hours that are enough and part of no such
 * run, nor of its wake. The alerts are those of the days or hours above usual; the greatest excess first.
 */
export function spikesOf(days: readonly Above[], hours: readonly Above[]): Above[] {
  const long = runsOf(days, DAY + HOUR);
  const short = runsOf(hours, 0).filter(
    (run) =>
      run.together >= (run.party === null ? ENOUGH.overAll : ENOUGH.party) &&
      !long.some((one) => isSame(one, run) && one.from < run.to && run.from < one.from + TWO_LEVELS),
  );
  return [...long, ...short]
    .map(({ together: _, ...run }) => run)
    .sort((a, b) => b.alerts - b.usual - (a.alerts - a.usual) || a.from - b.from || compare(a.code, b.code));
}
