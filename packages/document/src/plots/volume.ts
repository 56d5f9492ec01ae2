import { type Day, dayOf } from '@tocsin/domain';
import type { Block } from '../document.ts';
import type { Gathered } from '../gather.ts';
import { say } from '../prose.ts';
import { OKABE_ITO, TEXT } from './colours.ts';
import { gapDays, shadedPlaces } from './gap-days.ts';
import { grids, shade } from './grids.ts';

/** In the order of the stack, what can be switched off at the bottom. */
const COLOURS: Readonly<Record<string, string>> = {
  suppressible: OKABE_ITO.blue,
  unstoppable: OKABE_ITO.vermilion,
  'always-on': OKABE_ITO.skyBlue,
  protected: OKABE_ITO.purple,
  unknown: OKABE_ITO.yellow,
};

/** Alerts by day and code, what can be switched off against what can't; days with a gap of the feed shaded. */
export function volumePlot({ byDay, greatest, feed }: Gathered): Block {
  const { rows, grain } = byDay.told;
  const week = grain === 'week';
  const days = [...new Set(rows.map(({ time }) => dayOf(Date.parse(time!))))].sort();
  const shaded = shadedPlaces(days, gapDays(feed.told.gaps), week ? 7 : 1);
  const { grid, heights } = grids(greatest.length, { columns: 2, height: 190 });
  const alerts = new Map<string, number>();
  for (const { time, values, counts } of rows)
    alerts.set(`${values.code} ${values.suppression} ${dayOf(Date.parse(time!))}`, counts.alerts!);
  return {
    kind: 'plot',
    id: 'volume',
    caption: week
      ? say`Alerts by week of the greatest codes: what the responsible party can switch off against what it can’t. Shaded: weeks in which the feed was missing for an hour or more.`
      : say`Alerts by day of the greatest codes: what the responsible party can switch off against what it can’t. Shaded: days on which the feed was missing for an hour or more.`,
    alternative: say`Stacked bars over the period, a panel for each of the greatest codes; the table above has their sums and changes.`,
    commands: [byDay.command],
    height: heights + 60,
    option: {
      textStyle: TEXT,
      color: Object.values(COLOURS),
      legend: { top: 0, itemGap: 32, data: Object.keys(COLOURS) },
      grid: grid.map((one) => ({ ...one, top: one.top + 60 })),
      title: greatest.map((code, i) => ({
        text: code,
        left: grid[i]!.left,
        top: grid[i]!.top + 34,
        textStyle: { ...TEXT, fontWeight: 'bold' },
      })),
      xAxis: greatest.map((_, gridIndex) => ({
        gridIndex,
        type: 'category',
        data: days.map(shortDay),
        name: week ? 'week beginning (Europe/London)' : 'day (Europe/London)',
        nameLocation: 'middle',
        nameGap: 26,
      })),
      yAxis: greatest.map((_, gridIndex) => ({
        gridIndex,
        type: 'value',
        name: week ? 'alerts a week' : 'alerts a day',
        nameLocation: 'middle',
        nameGap: 56,
      })),
      series: greatest.flatMap((code, place) =>
        Object.keys(COLOURS).map((suppression, i) => ({
          name: suppression,
          type: 'bar' as const,
          stack: code,
          xAxisIndex: place,
          yAxisIndex: place,
          barCategoryGap: '15%',
          data: days.map((day) => alerts.get(`${code} ${suppression} ${day}`) ?? 0),
          ...(i === 0 ? shade(shaded) : {}),
        })),
      ),
    },
  };
}

const shortDay = (day: Day) => {
  const [, month, date] = day.split('-');
  return `${Number(date)} ${MONTHS[Number(month) - 1]}`;
};
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
