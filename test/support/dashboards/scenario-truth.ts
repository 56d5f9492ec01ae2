import type { TruthFile } from '@tocsin/simulator';
import type { Answer } from './ask.ts';

type Row = Answer['rows'][number];
type Meaning = TruthFile['meanings'][number];

/** What a panel shows of the whole scenario, and what was drawn: of an answer's rows, the steps of charts in seconds. */
interface Held {
  shown(rows: readonly Row[], view: { readonly interval: number; readonly days: number }): number;
  drawn(truth: TruthFile): number;
}

const sum = <T>(all: readonly T[], value: (one: T) => number) =>
  all.reduce((total, one) => total + value(one), 0);
const number = (row: Row | undefined, column: string) => Number(row?.[column] ?? Number.NaN);
const alerts = (truth: TruthFile, of: (meaning: Meaning) => boolean) =>
  sum(truth.meanings.filter(of), (one) => one.alerts);

/** As the view `alert_stoppability` says what can be stopped now, told anew. */
const stoppable = ({ suppression, remedy }: Meaning) =>
  suppression === 'suppressible' ||
  (remedy === 'released' && suppression !== 'protected' && suppression !== 'unknown');

/** A column of a table's row, in alerts a day, as all its alerts. */
const ofRow =
  (column: string, value: string): Held['shown'] =>
  (rows, { days }) =>
    number(
      rows.find((row) => row[column] === value),
      'Alerts a day',
    ) * days;
/** A series' rates, in alerts a second, as all its alerts. */
const ofSeries =
  (column: string, value: string): Held['shown'] =>
  (rows, { interval }) =>
    sum(
      rows.filter((row) => row[column] === value),
      (row) => number(row, 'rate'),
    ) * interval;

/** One value of each panel of which a scenario's truth file knows the value, by dashboard and title. */
export const DRAWN: Readonly<Record<string, Held>> = {
  'Operations now / What can be done about the alerts of this time': {
    shown: ([row]) => number(row, 'Unstoppable'),
    drawn: (truth) => alerts(truth, (one) => one.suppression === 'unstoppable') / truth.accepted.alerts,
  },
  'Operations now / Alerts by what can be done about them': {
    shown: ofSeries('suppression', 'suppressible'),
    drawn: (truth) => alerts(truth, (one) => one.suppression === 'suppressible'),
  },
  'Operations now / Who can stop what now': {
    shown: ([row], { days }) => number(row, 'Alerts a day saved') * days,
    drawn: (truth) => Math.max(...truth.meanings.filter(stoppable).map((one) => one.alerts)),
  },
  'Operations now / Codes with the most alerts': {
    shown: ofRow('Code', '8014'),
    drawn: (truth) => alerts(truth, (one) => one.code === '8014'),
  },
  'Operations now / Parties with the most alerts': {
    shown: ofRow('Party', 'csp-central'),
    drawn: (truth) => alerts(truth, (one) => one.responsibleParty === 'csp-central'),
  },
  'Volumes / In all': {
    shown: ([row]) => number(row, 'Messages'),
    drawn: (truth) => truth.accepted.messages,
  },
  'Volumes / Alerts by ${by}': {
    shown: ofSeries('series', '8F3E'),
    drawn: (truth) => alerts(truth, (one) => one.code === '8F3E'),
  },
  'Volumes / Against last week A': {
    shown: (rows, { interval }) => sum(rows, (row) => number(row, 'this time')) * interval,
    drawn: (truth) => truth.accepted.alerts,
  },
  'Firmware rollouts / Alerts a day by firmware': {
    shown: (rows) => sum(rows, (row) => number(row, 'alerts_a_day')),
    drawn: (truth) => truth.accepted.alerts,
  },
  'Firmware rollouts / What firmware can do about the alerts': {
    shown: ofSeries('remedy', 'han-unstable'),
    drawn: (truth) => alerts(truth, (one) => one.remedy === 'han-unstable'),
  },
};
