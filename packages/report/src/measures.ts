import type { Measure } from './form.ts';
import { FEWEST_DEVICES } from './statistics/change-over-devices.ts';
import type { Estimate } from './statistics/interval.ts';

type Named = Pick<Measure, 'id' | 'label' | 'unit'> & { n?: number };

/** Digits beyond the eighth are an accident of the order in which floating numbers were added. */
const round = (value: number) => Number(value.toPrecision(8));

/** A figure that was counted; with the interval that another draw of as many devices or events would leave. */
export function counted(named: Named, value: number | string | null, interval?: Estimate | null): Measure {
  const { n } = named;
  return {
    ...named,
    kind: 'count',
    value,
    ...(n !== undefined && { n }),
    ...(interval && { low: round(interval.low), high: round(interval.high) }),
    ...(value === null && { absent: 'nothing in this window' }),
  };
}

/** A figure that was inferred; `absent` says why there is none. */
export function estimated(named: Named, estimate: Estimate | null, absent = TOO_FEW): Measure {
  if (!estimate) return { ...named, kind: 'estimate', value: null, absent };
  const { value, low, high } = estimate;
  return { ...named, kind: 'estimate', value: round(value), low: round(low), high: round(high) };
}

const TOO_FEW = `not shown: too few devices, too few that make most, or no control: ${FEWEST_DEVICES} are needed on either side`;

export function scaled({ value, low, high }: Estimate, factor: number): Estimate {
  const ends = [low * factor, high * factor].sort((a, b) => a - b) as [number, number];
  return { value: value * factor, low: ends[0], high: ends[1] };
}
