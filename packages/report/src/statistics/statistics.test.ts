import { describe, expect, it, test } from 'vitest';
import { differenceInDifferences, type Moments, meanOverDevices } from './change-over-devices.ts';
import { cutAgainstControl } from './cut-against-control.ts';
import { fallAgainstControl, type PairSums } from './fall-against-control.ts';
import { relativeHalfWidth, studentQuantile } from './interval.ts';
import { median } from './median.ts';
import { differenceOfShares, rateRatio, shareOfSides, wilson } from './ratios.ts';
import { overdispersion, silenceProbability } from './silence.ts';

// Expected values come from a program of its own in another language, over the devices one by one, with Student's
// quantiles by numerical integration; Wilson's from Newcombe (1998), table I.

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i);

function moments(values: readonly number[]): Moments {
  return { devices: values.length, sum: sum(values), squares: sum(values.map((value) => value ** 2)) };
}

function pairs(devices: readonly (readonly [before: number, after: number])[]): PairSums {
  return {
    devices: devices.length,
    before: sum(devices.map(([b]) => b)),
    after: sum(devices.map(([, a]) => a)),
    beforeSquares: sum(devices.map(([b]) => b * b)),
    products: sum(devices.map(([b, a]) => a * b)),
    afterSquares: sum(devices.map(([, a]) => a * a)),
  };
}

test.each([
  [30, 2.04227246],
  [44.7, 2.01447655],
  [60, 2.00029782],
  [120, 1.97993041],
  [1000, 1.96233908],
  [Number.POSITIVE_INFINITY, 1.95996398],
])('Student for %d degrees of freedom', (freedom, quantile) => {
  expect(studentQuantile(freedom)).toBeCloseTo(quantile, 6);
});

describe('difference in differences', () => {
  const treated = upTo(40).map((i) => ((i * 7) % 13) + i / 4);
  const control = upTo(35).map((i) => ((i * 5) % 11) - i / 8);

  it('is the difference of the means with the interval of Welch', () => {
    const { value, low, high } = differenceInDifferences(moments(treated), moments(control))!;
    expect(value).toBeCloseTo(7.992857142857, 10);
    expect(low).toBeCloseTo(6.000967632, 6);
    expect(high).toBeCloseTo(9.984746653, 6);
  });

  it('stands beside the change of the treated alone', () => {
    const { value, low, high } = meanOverDevices(moments(treated))!;
    expect([value, low, high].map((one) => one.toFixed(6))).toEqual(['10.725000', '9.111859', '12.338141']);
  });

  it('is refused where a side has fewer than 30 devices', () => {
    const few = moments(control.slice(0, 29));
    expect(differenceInDifferences(moments(treated), few)).toBeNull();
    expect(differenceInDifferences(few, moments(treated))).toBeNull();
    expect(meanOverDevices(few)).toBeNull();
  });

  it('is exact where every device changes alike', () => {
    const all = (value: number) => moments(upTo(40).map(() => value));
    expect(differenceInDifferences(all(3), all(1))).toEqual({ value: 2, low: 2, high: 2 });
  });
});

describe('fall against control', () => {
  const treated = pairs(upTo(40).map((i) => [100 + ((i * 37) % 50), (i * 11) % 9]));
  const control = pairs(upTo(32).map((i) => [90 + ((i * 29) % 60), 80 + ((i * 31) % 70)]));

  it('takes the drift of the control off in proportion', () => {
    const { value, low, high } = fallAgainstControl(treated, control)!;
    expect(value).toBeCloseTo(4725.605648536, 8);
    expect(low).toBeCloseTo(4249.383963236, 6);
    expect(high).toBeCloseTo(5201.827333835, 6);
  });

  it('is refused without a control, or with one that never spoke', () => {
    expect(fallAgainstControl(treated, pairs([]))).toBeNull();
    expect(fallAgainstControl(treated, pairs(upTo(40).map(() => [0, 5])))).toBeNull();
    expect(fallAgainstControl(pairs(upTo(29).map(() => [5, 0])), control)).toBeNull();
  });

  it('is refused with many devices of which few make most', () => {
    const few = (n: number) =>
      pairs([...upTo(n).map(() => [400, 380]), ...upTo(170).map(() => [5, 6])] as [number, number][]);
    expect(fallAgainstControl(treated, few(20))).toBeNull();
    expect(fallAgainstControl(treated, few(40))).not.toBeNull();
  });
});

test('a share has the interval of devices, not of alerts', () => {
  const [part, rest] = [upTo(40).map((i) => (i * 7) % 13), upTo(50).map((i) => 3 + ((i * 5) % 11))];
  const { value, low, high } = shareOfSides(moments(part), moments(rest))!;
  expect(value).toBeCloseTo(0.368503937008, 10);
  expect((high - low) / 2).toBeCloseTo(0.054211225114, 10);
  expect(shareOfSides(moments(part.slice(0, 29)), moments(rest))).toBeNull();
  expect(shareOfSides(moments(part), moments(rest.slice(0, 29)))).toBeNull();
});

test.each([
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
])('Wilson for %d of %d', (hits, of, low, high) => {
  expect(wilson(hits, of)!.low).toBeCloseTo(low, 4);
  expect(wilson(hits, of)!.high).toBeCloseTo(high, 4);
});

test('Wilson of none is nothing', () => expect(wilson(0, 0)).toBeNull());

test.each([
  [56, 70, 48, 80, 0.0524, 0.3339],
  [9, 10, 3, 10, 0.1705, 0.809],
  [5, 56, 0, 29, -0.0381, 0.1926],
])('Newcombe for %d of %d less %d of %d', (hits, of, others, ofOthers, low, high) => {
  // Newcombe (1998), table II, method 10.
  const found = differenceOfShares(wilson(hits, of)!, wilson(others, ofOthers)!);
  expect(found.value).toBeCloseTo(hits / of - others / ofOthers, 12);
  expect(found.low).toBeCloseTo(low, 4);
  expect(found.high).toBeCloseTo(high, 4);
});

test('a ratio of counts a day', () => {
  // exp(1.95996·√(1/294 + 1/4900)) = 1.124803
  const { value, low, high } = rateRatio({ count: 294, days: 7 }, { count: 4900, days: 49 })!;
  expect(value).toBeCloseTo(0.42, 12);
  expect(low).toBeCloseTo(0.42 / 1.1248, 4);
  expect(high).toBeCloseTo(0.42 * 1.1248, 4);
  expect(rateRatio({ count: 0, days: 7 }, { count: 4900, days: 49 })).toBeNull();
});

describe('silence', () => {
  it.each([
    [14, 14, 14, 1, 2 ** -14],
    [14, 14, 14, 2, 2 ** -7],
    [0, 14, 14, 1, 1],
    [28, 14, 0, 1, 1],
  ])(
    'after %d messages in %d days, %d days of it, dispersion %d',
    (messages, before, silent, dispersion, p) => {
      expect(silenceProbability(messages, before, silent, dispersion)).toBeCloseTo(p, 12);
    },
  );

  it('is never less probable than a Poisson process says', () => {
    for (const messages of [1, 10, 100])
      for (const silent of [1, 10, 100])
        expect(silenceProbability(messages, 14, silent, 1)).toBeGreaterThan(
          Math.exp((-messages * silent) / 14),
        );
  });

  it('is judged by how unevenly the devices speak', () => {
    // Two devices: (4, 0) and (5, 3): (16 + 4) / 12.
    expect(overdispersion({ squaredDifferences: 20, total: 12 })).toBeCloseTo(5 / 3, 12);
    expect(overdispersion({ squaredDifferences: 1, total: 12 })).toBe(1);
    expect(overdispersion({ squaredDifferences: 0, total: 0 })).toBe(1);
  });
});

test.each([
  [[], 0],
  [[3], 3],
  [[9, 1, 3], 3],
  [[4, 1, 3, 10], 3.5],
])('median of %j', (values, middle) => expect(median(values)).toBe(middle));

test.each([
  [{ value: 100, low: 91, high: 109 }, 0.09],
  [{ value: 0, low: 0, high: 0 }, 0],
  [{ value: 0, low: -1, high: 1 }, Number.POSITIVE_INFINITY],
])('half-width of %j', (estimate, share) => expect(relativeHalfWidth(estimate)).toBeCloseTo(share, 12));

describe('the share that a treatment ends', () => {
  // Clusters by hand: b = 10 or 20 by turns; the treated keep a tenth, the control half as much again, ± 2 by turns.
  const pairs = (of: (b: number, i: number) => number): PairSums => {
    const rows = upTo(200).map((i) => ({ b: i % 2 === 0 ? 10 : 20, i }));
    const after = rows.map(({ b, i }) => of(b, i));
    return {
      devices: rows.length,
      before: sum(rows.map(({ b }) => b)),
      after: sum(after),
      beforeSquares: sum(rows.map(({ b }) => b ** 2)),
      products: sum(rows.map(({ b }, i) => b * after[i]!)),
      afterSquares: sum(after.map((a) => a ** 2)),
    };
  };
  const treated = pairs((b) => b / 10);
  const control = pairs((b, i) => 1.5 * b + (i % 4 < 2 ? 2 : -2));

  it('is one ratio over another, with the interval of the scatter over clusters', () => {
    const found = cutAgainstControl(treated, control)!;
    expect(found.value).toBeCloseTo(1 - 0.1 / 1.5, 12);
    // The treated don't scatter; each control cluster strays by 2 of 4500: √(200 · (2/4500)² · 200/199).
    const half = Math.sqrt(200 * (2 / 4500) ** 2 * (200 / 199)) * studentQuantile(180 - 1);
    expect(found.low).toBeCloseTo(1 - (0.1 / 1.5) * Math.exp(half), 10);
    expect(found.high).toBeCloseTo(1 - (0.1 / 1.5) * Math.exp(-half), 10);
  });

  it('is not known of few clusters, of few that make most, or where nothing was raised', () => {
    expect(cutAgainstControl({ ...treated, devices: 29 }, control)).toBeNull();
    expect(cutAgainstControl(treated, { ...control, beforeSquares: control.before ** 2 / 29 })).toBeNull();
    expect(cutAgainstControl({ ...treated, after: 0 }, control)).toBeNull();
    expect(cutAgainstControl(treated, { ...control, before: 0 })).toBeNull();
  });
});
