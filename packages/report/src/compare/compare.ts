import type { Minute } from '../definition.ts';
import type { Measure, Measured } from '../form.ts';
import { FEWEST_DEVICES } from '../statistics/change-over-devices.ts';
import { relativeHalfWidth } from '../statistics/interval.ts';

/** `not shown`: too few devices, or events, to know. */
export type Verdict = 'agrees' | 'does not agree' | 'not shown';

/** An interval whose half is wider than this share of the value shows nothing. */
const WIDEST = 0.1;

/**
 * A measure, in its unit, beside the truth, and beside the range that the words of the minutes stand for at this scale:
 * `from` included, `below` not.
 */
export interface Compared {
  measure: string;
  label: string;
  unit: Measure['unit'];
  kind: Measure['kind'];
  measured: Measure['value'];
  low?: number;
  high?: number;
  n?: number;
  truth?: { value: number | string | null; verdict: Verdict };
  minutes?: { text: string; from?: number; below?: number; verdict: Verdict };
}

/** A report beside the truth and the minutes. */
export interface Comparison {
  report: string;
  /** By which the minutes' volumes were divided. */
  scale: number;
  /** Whether nothing disagrees. */
  agrees: boolean;
  compared: Compared[];
  /** What the truth has and the report does not measure. */
  unmeasured: string[];
}

/** Values of the truth by the measures' ids; null: there is none, as of a pilot that never was. */
export type Truth = ReadonlyMap<string, number | string | null>;

/** Lays what was measured beside the truth, and beside what the minutes state at so many devices to one. */
export function compare(
  { report, figures }: Measured,
  truth: Truth,
  minutes: readonly Minute[],
  scale: number,
): Comparison {
  const measures = figures.flatMap((figure) => figure.measures);
  const compared = measures.flatMap((measure): Compared[] => {
    const { id, label, unit, kind, value, low, high, n } = measure;
    const stated = minutes.find((one) => one.measure === id);
    if (!truth.has(id) && !stated) return [];
    return [
      {
        measure: id,
        label,
        unit,
        kind,
        measured: value,
        ...(low !== undefined && { low, high }),
        ...(n !== undefined && { n }),
        ...(truth.has(id) && { truth: againstTruth(measure, truth.get(id)!) }),
        ...(stated && { minutes: againstMinutes(measure, stated, scale) }),
      },
    ];
  });
  const known = new Set(measures.map(({ id }) => id));
  const unmeasured = [...truth.keys()].filter((id) => !known.has(id));
  const verdicts = compared.flatMap(({ truth, minutes }) => [truth?.verdict, minutes?.verdict]);
  return {
    report,
    scale,
    agrees: unmeasured.length === 0 && !verdicts.includes('does not agree'),
    compared,
    unmeasured,
  };
}

/** A count is the truth or it is not; an estimate has it in its interval, which has to be narrow. */
function againstTruth(measure: Measure, truth: number | string | null) {
  return { value: truth, verdict: verdictOf(measure, truth) };
}

function verdictOf({ kind, value, low, high, outside }: Measure, truth: number | string | null): Verdict {
  if (outside && truth !== null) return 'not shown';
  if (value === null) return truth === null ? 'agrees' : kind === 'count' ? 'does not agree' : 'not shown';
  if (kind === 'count' || low === undefined || high === undefined || typeof value === 'string') {
    return same(value, truth) ? 'agrees' : 'does not agree';
  }
  if (typeof truth !== 'number' || truth < low || truth > high) return 'does not agree';
  return relativeHalfWidth({ value, low, high }) > WIDEST ? 'not shown' : 'agrees';
}

/** Equal but for the last digits of a quotient that the two came to by different ways. */
function same(one: number | string, other: number | string | null): boolean {
  if (typeof one !== 'number' || typeof other !== 'number') return one === other;
  return Math.abs(one - other) <= 1e-9 * Math.max(Math.abs(one), Math.abs(other));
}

/**
 * The minutes' words stand for a range of values; a measured interval that meets it agrees, if it is narrow. At 1:1 a
 * count is the network's own, not one of a draw of its devices, and is compared as it is.
 */
function againstMinutes({ kind, value, low, high, n, outside }: Measure, stated: Minute, scale: number) {
  const divided = (bound: number | undefined) =>
    bound === undefined ? undefined : bound / (stated.scaled ? scale : 1);
  const [from, below] = [divided(stated.from), divided(stated.below)];
  const range = {
    text: stated.text,
    ...(from !== undefined && { from }),
    ...(below !== undefined && { below }),
  };
  const verdict = (one: Verdict) => ({ ...range, verdict: one });
  if (typeof value !== 'number') return verdict(n || outside ? 'not shown' : 'does not agree');
  if (n && n < FEWEST_DEVICES) return verdict('not shown');
  const whole = kind === 'count' && scale === 1;
  const [least, most] = whole ? [value, value] : [low ?? value, high ?? value];
  const meets = (from === undefined || most >= from) && (below === undefined || least < below);
  if (!meets) return verdict('does not agree');
  return verdict(relativeHalfWidth({ value, low: least, high: most }) > WIDEST ? 'not shown' : 'agrees');
}
