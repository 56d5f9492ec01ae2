import type { Compared, Comparison, Verdict } from '../compare/compare.ts';
import { inColumns, paragraph } from './columns.ts';
import { showCount, showInterval, showNumber } from './numbers.ts';

const COLUMNS = [
  { head: '' },
  { head: 'measured', right: true },
  { head: '95% interval', right: true },
  { head: 'n', right: true },
  { head: 'truth', right: true },
  { head: '' },
  { head: 'minutes' },
  { head: '' },
];

/** What was measured beside the truth and the minutes, for a person: what disagrees first, then figure by figure. */
export function showComparison({ scale, agrees, compared, unmeasured }: Comparison): string {
  const divided = scale === 1 ? '' : ` (their volumes divided by ${scale})`;
  const disagreeing = compared.filter(({ truth, minutes }) =>
    [truth?.verdict, minutes?.verdict].includes('does not agree'),
  );
  const figures = [...new Set(compared.map(({ measure }) => figureOf(measure)))];
  return `${[
    `Against the truth and the minutes${divided}`,
    agrees ? 'nothing disagrees' : 'NOT ALL AGREES',
    ...disagreeing.flatMap(sentences),
    ...unmeasured.flatMap((id) => paragraph(`${id}: `, 'in the truth, but not measured')),
    ...figures.flatMap((figure) => [
      '',
      figure,
      ...inColumns(COLUMNS, compared.filter(({ measure }) => figureOf(measure) === figure).map(row)),
    ]),
  ].join('\n')}\n`;
}

const figureOf = (measure: string) => measure.slice(0, measure.indexOf('.'));
const shown = (value: number | string | null, unit: Compared['unit']) =>
  value === null ? 'none' : showNumber(value, unit);

function sentences({ measure, unit, measured, truth, minutes }: Compared): string[] {
  const is = shown(measured, unit);
  const tell = (text: string) => paragraph(`${measure}: `, `${is} measured, ${text}`);
  return [
    ...(truth?.verdict === 'does not agree'
      ? tell(`${shown(truth.value, unit)} by the truth: does not agree`)
      : []),
    ...(minutes?.verdict === 'does not agree'
      ? tell(`${minutes.text} by the minutes: does not agree with the minutes`)
      : []),
  ];
}

function row(compared: Compared): string[] {
  const { measure, unit, measured, n, truth, minutes } = compared;
  return [
    measure.slice(figureOf(measure).length + 1),
    shown(measured, unit),
    showInterval(compared),
    showCount(n),
    truth ? shown(truth.value, unit) : '',
    truth ? SIGNS[truth.verdict] : '',
    minutes?.text ?? '',
    minutes ? SIGNS[minutes.verdict] : '',
  ];
}

const SIGNS: Readonly<Record<Verdict, string>> = {
  agrees: 'agrees',
  'does not agree': 'DOES NOT AGREE',
  'not shown': 'not shown',
};
