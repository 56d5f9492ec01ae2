import type { Day } from '@tocsin/domain';
import type { Definition } from '../definition.ts';
import type { Figure } from '../form.ts';
import { counted } from '../measures.ts';
import { median } from '../statistics/median.ts';
import { highestDay } from '../words.ts';
import { showWindow } from './windows.ts';

/** A day's alerts of one code, party and model. */
export interface DayCell {
  day: Day;
  code: string;
  party: string;
  model: string;
  alerts: number;
}

/** The days with the most alerts, and what of code, party and model brought them above a usual day. */
export function highestDays(
  { highestDays: asked, period }: Definition,
  cells: readonly DayCell[],
  incomplete: readonly Day[],
): Figure {
  const complete = cells.filter(({ day }) => !incomplete.includes(day));
  const days = [...new Set(complete.map(({ day }) => day))].sort();
  const totals = new Map<Day, number>(days.map((day) => [day, 0]));
  const series = new Map<string, Map<Day, number>>();
  for (const cell of complete) {
    totals.set(cell.day, totals.get(cell.day)! + cell.alerts);
    const key = [cell.code, cell.party || 'no party', cell.model || 'unknown model'].join(' × ');
    const one = series.get(key) ?? new Map<Day, number>();
    series.set(key, one.set(cell.day, (one.get(cell.day) ?? 0) + cell.alerts));
  }
  const usual = median([...totals.values()]);
  const usualOf = new Map(
    [...series].map(([key, one]) => [key, median(days.map((day) => one.get(day) ?? 0))] as const),
  );
  const highest = [...totals]
    .sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
    .slice(0, asked.days);
  const rows = highest.flatMap(([day, alerts]) =>
    [...series]
      .map(([key, one]) => ({
        key,
        alerts: one.get(day) ?? 0,
        more: (one.get(day) ?? 0) - usualOf.get(key)!,
      }))
      .filter(({ more }) => more > 0)
      .sort((a, b) => b.more - a.more || (a.key < b.key ? -1 : 1))
      .slice(0, asked.drivers)
      .map(({ key, alerts: made, more }) => [
        day,
        key,
        made,
        more,
        alerts > usual ? more / (alerts - usual) : null,
      ]),
  );
  return {
    id: 'highest-days',
    title: `The ${asked.days} highest days, and what made them`,
    formula:
      'Alerts of a day, over all. What made it: alerts of one code, party and model less the median of their days; as a ' +
      'share of the day’s alerts less the median day’s. Shares may pass 1 where others fell.',
    window: `${showWindow(period, incomplete)}, Europe/London days`,
    measures: [
      counted({ id: 'highest-days.median', label: 'median day', unit: 'alerts' }, days.length ? usual : null),
      ...highest.flatMap(([day, alerts], i) => [
        counted({ id: `highest-days.${i + 1}.day`, label: highestDay(i + 1), unit: 'day' }, day),
        counted(
          { id: `highest-days.${i + 1}.alerts`, label: `alerts of the ${highestDay(i + 1)}`, unit: 'alerts' },
          alerts,
        ),
      ]),
    ],
    table: { columns: ['day', 'code × party × model', 'alerts', 'more than usual', 'share'], rows },
    notes: [],
  };
}
