import { type Day, daysOf } from '@tocsin/domain';
import type { Definition } from '../definition.ts';
import type { Figure } from '../form.ts';
import { counted } from '../measures.ts';
import { rateRatio } from '../statistics/ratios.ts';
import { showWindow } from './windows.ts';

/** By London day. Days of nothing may be missing. */
export interface InstallationFacts {
  installations: ReadonlyMap<Day, number>;
  alerts: ReadonlyMap<Day, number>;
}

/** What came back after the lockdown: installations, and the code that they drive. */
export function installations(
  { installations: asked }: Definition,
  { installations, alerts }: InstallationFacts,
  incomplete: readonly Day[],
): Figure {
  const code = asked.codes.join(', ');
  const windows = { before: daysOf(asked.before), after: daysOf(asked.after) };
  const total = (of: ReadonlyMap<Day, number>, days: readonly Day[]) => ({
    count: days.reduce((sum, day) => sum + (of.get(day) ?? 0), 0),
    days: days.length,
  });
  const complete = (days: readonly Day[]) => days.filter((day) => !incomplete.includes(day));
  const [was, is] = [total(installations, windows.before), total(installations, windows.after)];
  const [raisedBefore, raisedAfter] = [
    total(alerts, complete(windows.before)),
    total(alerts, complete(windows.after)),
  ];
  const mean = ({ count, days }: { count: number; days: number }) => (days === 0 ? null : count / days);
  const ratio = (one: typeof was, other: typeof was) =>
    other.count === 0 || one.days === 0 ? null : one.count / one.days / (other.count / other.days);
  const id = (name: string) => `installations.${name}`;
  return {
    id: 'installations',
    title: `Installations after the lockdown, and ${code} beside them`,
    formula:
      'Ratio = mean a day after / mean a day before. An installation is a hub or meter installed, by the day from which it ' +
      'holds. 95% interval of the ratio as if installations came independently of each other.',
    window:
      `${showWindow(asked.after, incomplete)} against ${showWindow(asked.before, incomplete)}, ` +
      'Europe/London days; days are left out for alerts only',
    measures: [
      counted({ id: id('before'), label: 'installations before', unit: 'installations/day' }, mean(was)),
      counted({ id: id('after'), label: 'installations after', unit: 'installations/day' }, mean(is)),
      counted(
        {
          id: id('ratio'),
          label: 'installations after, of those before',
          unit: 'share',
          n: was.count + is.count,
        },
        ratio(is, was),
        rateRatio(is, was),
      ),
      counted({ id: id('alerts-before'), label: `${code} before`, unit: 'alerts/day' }, mean(raisedBefore)),
      counted({ id: id('alerts-after'), label: `${code} after`, unit: 'alerts/day' }, mean(raisedAfter)),
      counted(
        { id: id('alerts-ratio'), label: `${code} after, of before`, unit: 'share' },
        ratio(raisedAfter, raisedBefore),
      ),
    ],
    notes: [],
  };
}
