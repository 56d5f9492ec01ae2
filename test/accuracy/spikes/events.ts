import type { Draw } from '../draw.ts';
import { type Cell, CSPS, DNOS, IDNOS, SUPPLIERS } from './network.ts';

/** Hours since the world's first one, the end not included. */
export interface Span {
  from: number;
  to: number;
}

/** How much more of its code comes over all parties. */
export const SIZES = { small: 0.3, medium: 0.8, large: 2.5 } as const;
export type Size = keyof typeof SIZES;

export interface Spike extends Span {
  code: string;
  size: Size;
  /** As the first driver has to name it. */
  cause: { dimension: string; value: string };
  /** Parties whose alerts rise. */
  parties: readonly string[];
  /** By which the rate of the cells goes up that it is about. */
  factor: number;
  isAbout(cell: Cell): boolean;
}

export interface Gap extends Span {
  /** Empty: all. */
  region: string;
  /** Whether what was missing comes in the six hours after. */
  heldBack: boolean;
}

const party = (value: string) => ({ dimension: 'party', value });
const CAUSES: Readonly<Record<string, readonly Spike['cause'][]>> = {
  '8014': [
    ...IDNOS.map(() => ({ dimension: 'party-kind', value: 'idno' })),
    ...DNOS.map((one) => party(one.party)),
    { dimension: 'model', value: 'Kestrel KM-200' },
    { dimension: 'firmware', value: '2.0' },
  ],
  '8F3E': [
    ...CSPS.map((one) => party(one.party)),
    { dimension: 'model', value: 'Kestrel CS-1' },
    { dimension: 'firmware', value: '1.11.2' },
  ],
  '8F12': [
    ...SUPPLIERS.map((one) => party(one.party)),
    { dimension: 'model', value: 'Kestrel KM-200' },
    { dimension: 'firmware', value: '2.0' },
  ],
};

function isOf({ dimension, value }: Spike['cause'], { party, model, firmware }: Cell): boolean {
  if (dimension === 'party-kind') return IDNOS.some((one) => one.party === party);
  if (dimension === 'party') return party === value;
  return value === (dimension === 'model' ? `Kestrel ${model}` : firmware);
}

const DAY = 24;

/** None, one or two, each of another code and none within a day and a half of the gap, when nothing could tell of it. */
export function drawSpikes(draw: Draw, cells: readonly Cell[], period: Span, gap: Gap | null): Spike[] {
  const codes = Object.keys(CAUSES);
  const first = draw.below(codes.length);
  const count = draw.below(3);
  return [codes[first]!, codes[(first + 1) % codes.length]!].slice(0, count).map((code) => {
    const size = (['small', 'medium', 'large'] as const)[draw.below(3)]!;
    const cause = CAUSES[code]![draw.below(CAUSES[code]!.length)]!;
    const own = cells.filter((cell) => cell.code === code);
    const about = own.filter((cell) => isOf(cause, cell));
    const rate = (of: readonly Cell[]) => of.reduce((sum, cell) => sum + cell.rate, 0);
    // The great ones may be over within a day.
    const hours = size === 'large' && draw.chance(0.5) ? 6 + draw.below(18) : DAY * (1 + draw.below(13));
    let from: number;
    do from = period.from + draw.below(period.to - period.from - DAY);
    while (gap && from + DAY > gap.from && from < gap.to + 1.5 * DAY);
    return {
      ...{ code, size, cause, from, to: Math.min(period.to, from + hours) },
      parties: [...new Set(about.map((cell) => cell.party))],
      factor: 1 + (SIZES[size] * rate(own)) / rate(about),
      isAbout: (cell: Cell) => cell.code === code && isOf(cause, cell),
    };
  });
}

/** In the period, or in the three weeks before: an hour to three days, of a region or of all. */
export function drawGap(draw: Draw, before: Span, regions: readonly string[]): Gap | null {
  if (draw.chance(0.4)) return null;
  const from = before.from + draw.below(before.to - before.from);
  return {
    ...{ from, to: from + 1 + draw.below(draw.chance(0.5) ? 6 : 72) },
    region: draw.chance(0.7) ? regions[draw.below(regions.length)]! : '',
    heldBack: draw.chance(0.5),
  };
}
