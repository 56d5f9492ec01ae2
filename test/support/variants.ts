import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scenarioFile } from '@tocsin/simulator';

/** The scenario with one figure another than the minutes', told to show that the scenario is measured and not the minutes. */
export interface Variant {
  readonly name: string;
  /** Each stands exactly once in the scenario's file. */
  readonly edits: readonly (readonly [find: string, replace: string])[];
  /** What then must not agree with the minutes: a measure of the report, and its range at 1:1. Null: there is none. */
  readonly measure: string;
  readonly range: { readonly from: number; readonly below: number; readonly scaled: boolean } | null;
  /** Days that it takes to measure it, and how many devices at least: so many of the network stand as one. */
  readonly from: string;
  readonly to: string;
  readonly scale: number;
}

export const VARIANTS: readonly Variant[] = [
  {
    name: '37-percent',
    edits: [['            rate: 38,\n', '            rate: 27.1,\n']],
    measure: 'power-factor.unstoppable-share',
    range: { from: 0.34, below: 0.4, scaled: false },
    from: '2020-07-01',
    to: '2020-07-31',
    scale: 2000,
  },
  {
    name: '25-million',
    edits: [['{ models: [CS-1], rate: 62.5, ', '{ models: [CS-1], rate: 31.6, ']],
    measure: 'unauthorised-access.together',
    range: { from: 21e6, below: 29e6, scaled: true },
    from: '2020-04-27',
    to: '2020-06-29',
    scale: 5000,
  },
  {
    name: 'no-pilot',
    edits: [
      [
        `  - id: r2-8f12
    kind: CHF
    model: CS-2
    version: 2.02.0
    codes: [8F12]
    effect: 0.8
    acting: csp
    states: [{ from: 2020-03-02, state: pilot }, { from: 2020-03-27, state: on-hold, reason: deafness }]
    # Share of the hubs that took it and fell silent, with their whole home area network, within hours.
    deaf: 0.01
    waves: [{ from: 2020-03-02, to: 2020-03-16, devices: 15600 }]
`,
        '',
      ],
      ['  pilot: { firmware: r2-8f12, hold: 2020-03-27, days: 14 }\n', ''],
    ],
    measure: 'pilot.fall',
    range: null,
    from: '2020-02-01',
    to: '2020-03-31',
    scale: 20_000,
  },
];

/** Writes a variant's scenario file into a folder and gives its name. */
export function writeVariant({ name, edits }: Variant, folder: string): string {
  const file = join(folder, `${name}.yaml`);
  const source = readFileSync(scenarioFile('opsg-34'), 'utf8');
  const text = edits.reduce((text, [find, replace]) => {
    if (text.split(find).length !== 2)
      throw new Error(`variant ${name}: ${JSON.stringify(find)} is expected once`);
    return text.replace(find, () => replace);
  }, source);
  writeFileSync(file, text);
  return file;
}

/** As the report's comparison has it. */
export interface Compared {
  readonly measure: string;
  readonly kind: 'count' | 'estimate';
  readonly measured: number | string | null;
  readonly low?: number;
  readonly high?: number;
  readonly n?: number;
  readonly truth?: { readonly value: number | string | null; readonly verdict: string };
  readonly minutes?: { readonly text: string; readonly verdict: string };
}

/** What of a comparison is not as the variant has it; what its truth says otherwise stands in the comparison itself. */
export function faultsOf({ measure, range }: Variant, compared: readonly Compared[], scale: number) {
  const found = compared.find((one) => one.measure === measure);
  if (!found) return [`${measure} is not compared`];
  const { measured, truth, minutes } = found;
  const divisor = range?.scaled ? scale : 1;
  const inRange =
    range === null
      ? measured === null
      : typeof measured === 'number' && measured * divisor >= range.from && measured * divisor < range.below;
  return [
    ...(inRange ? [] : [`${measure} is measured as ${measured}`]),
    ...(truth && truth.verdict !== 'does not agree' ? [] : [`${measure} is not the truth's ${truth?.value}`]),
    ...(minutes?.verdict === 'does not agree' ? [] : [`${measure} against the minutes: ${minutes?.verdict}`]),
  ];
}
