import type { Draw } from '../draw.ts';

/** What raises a code in a region: devices of one model and firmware, of one responsible party. */
export interface Cell {
  code: string;
  party: string;
  region: string;
  model: string;
  firmware: string;
  /** Messages an hour in the mean of a week. */
  rate: number;
}

export interface Party {
  party: string;
  role: string;
  kind: string;
}

const REGIONS = ['North', 'Central', 'South'] as const;
/** Firmware by model, with the share of the devices that has it. */
const METERS = [
  ['KM-200', '1.0', 0.35],
  ['KM-200', '2.0', 0.25],
  ['EM-1', '5.1', 0.4],
] as const;
const HUBS = [
  ['CS-1', '1.10.4', 0.4],
  ['CS-1', '1.11.2', 0.3],
  ['NH-1', '7.0', 0.3],
] as const;
export const MAKER = 'Kestrel';

const of = (count: number, party: string, role: string, kind = ''): Party[] =>
  Array.from({ length: count }, (_, i) => ({ party: `${party}-${i + 1}`, role, kind }));

export const SUPPLIERS = of(4, 'supplier', 'import-supplier');
export const DNOS = of(3, 'dno', 'electricity-distributor', 'dno');
/** None of them is a DCC User. */
export const IDNOS = of(4, 'idno', 'electricity-distributor', 'idno');
export const CSPS = of(3, 'csp', 'csp');
export const PARTIES = [...SUPPLIERS, ...DNOS, ...IDNOS, ...CSPS];

/** Parts of a party's devices, by model and firmware: near those of all. */
function cellsOf(
  draw: Draw,
  devices: typeof METERS | typeof HUBS,
  { rate, ...what }: Pick<Cell, 'code' | 'party' | 'region' | 'rate'>,
): Cell[] {
  return devices.map(([model, firmware, share]) => ({
    ...{ ...what, model, firmware },
    rate: (rate * share * draw.gamma(20)) / 20,
  }));
}

/**
 * Four codes, of networks and suppliers: outages and returns of the distributors, of which the independent ones have few; a
 * hub's code of its CSP; a joining code and a rare one of the suppliers.
 */
export function drawCells(draw: Draw): Cell[] {
  const around = (rate: number) => (rate * draw.gamma(10)) / 10;
  return [
    ...DNOS.flatMap(({ party }, i) =>
      cellsOf(draw, METERS, { code: '8014', party, region: REGIONS[i]!, rate: around(60) }),
    ),
    ...IDNOS.flatMap(({ party }, i) =>
      cellsOf(draw, METERS, { code: '8014', party, region: REGIONS[i % 3]!, rate: around(10) }),
    ),
    ...CSPS.flatMap(({ party }, i) =>
      cellsOf(draw, HUBS, { code: '8F3E', party, region: REGIONS[i]!, rate: around(120) }),
    ),
    ...SUPPLIERS.flatMap(({ party }) =>
      REGIONS.flatMap((region) => [
        ...cellsOf(draw, METERS, { code: '8F12', party, region, rate: around(12) }),
        ...cellsOf(draw, METERS, { code: '81A0', party, region, rate: around(0.3) }),
      ]),
    ),
  ];
}

/** What a code's volume does from hour to hour, as a factor whose mean over a week is near 1. */
export interface Course {
  /** Of the hours of London's day. */
  hours: readonly number[];
  /** Of the days of the week. */
  weekdays: readonly number[];
  /** A week, as a share. */
  growth: number;
  /** Sizes of gammas by which a day of all, a day of one party and an hour of one party stray: the greater the less. */
  size: { day: number; partyDay: number; partyHour: number };
  /** Alerts of a message beyond the first, in the mean. */
  throttled: number;
}

const flat = (length: number) => Array.from({ length }, () => 1);
const scaled = (values: readonly number[]) => {
  const mean = values.reduce((sum, one) => sum + one, 0) / values.length;
  return values.map((one) => one / mean);
};

/** By day, by night, or nearly all of it in one hour after London's midnight. */
function drawHours(draw: Draw): number[] {
  const kind = draw.below(3);
  if (kind === 0)
    return scaled(flat(24).map((_, hour) => 1 + 0.7 * Math.cos((2 * Math.PI * (hour - 15)) / 24)));
  const peak = kind === 1 ? draw.below(24) : 0;
  return scaled(flat(24).map((_, hour) => (hour === peak ? 8 : 0.6 + 0.4 * draw.uniform())));
}

export function drawCourse(draw: Draw): Course {
  return {
    hours: drawHours(draw),
    weekdays: scaled(flat(7).map(() => 0.8 + 0.4 * draw.uniform())),
    growth: 0.04 * draw.uniform() - 0.02,
    size: {
      day: 200 + 800 * draw.uniform(),
      partyDay: 100 + 300 * draw.uniform(),
      partyHour: 10 + 40 * draw.uniform(),
    },
    throttled: draw.chance(0.5) ? 0.5 * draw.uniform() : 0,
  };
}
