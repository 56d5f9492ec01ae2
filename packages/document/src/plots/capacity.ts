import type { Block } from '../document.ts';
import type { Gathered } from '../gather.ts';
import { say } from '../prose.ts';
import { OKABE_ITO, TEXT } from './colours.ts';
import { shadedPlaces } from './gap-days.ts';
import { grids, shade } from './grids.ts';

/** Of a capacity that is further above the load than this, a plain axis would show nothing of the load. */
const FAR = 10;

/** The highest load of each day against what each component takes. */
export function capacityPlot({ capacity }: Gathered): Block[] {
  const components = capacity.told.components.filter(({ days }) => days.length > 0);
  if (components.length === 0) return [];
  const { grid, heights } = grids(components.length, { columns: 2, height: 170 });
  const far = components.map(({ peak, capacity }) => (peak?.load ?? 0) * FAR < capacity);
  return [
    {
      kind: 'plot',
      id: 'capacity',
      caption: say`The highest load of each day (line) against the capacity of each component (dashed). Shaded: days that are no whole ones, or on which the feed was missing. Where the capacity is far above the load the scale is logarithmic.`,
      alternative: say`A panel for each component; the table above has its highest load, its capacity and what is left.`,
      commands: [capacity.command],
      height: heights + 40,
      option: {
        textStyle: TEXT,
        grid: grid.map((one) => ({ ...one, top: one.top + 40 })),
        title: components.map(({ name }, i) => ({
          text: name,
          left: grid[i]!.left,
          top: grid[i]!.top + 12,
          textStyle: { ...TEXT, fontWeight: 'bold' },
        })),
        xAxis: components.map(({ days }, gridIndex) => ({
          gridIndex,
          type: 'category',
          data: days.map(({ day }) => day.slice(5)),
          name: 'month and day (Europe/London)',
          nameLocation: 'middle',
          nameGap: 26,
        })),
        yAxis: components.map(({ unit }, gridIndex) => ({
          gridIndex,
          type: far[gridIndex] ? 'log' : 'value',
          name: unit === 'requests' ? 'requests an hour' : 'alerts a second',
          nameLocation: 'middle',
          nameGap: 48,
        })),
        series: components.flatMap(({ days, capacity }, place) => {
          const axes = { xAxisIndex: place, yAxisIndex: place, symbol: 'none', type: 'line' } as const;
          const incomplete = new Set(days.filter(({ complete }) => !complete).map(({ day }) => day));
          return [
            {
              ...axes,
              data: days.map(({ peak }) => peak),
              color: OKABE_ITO.blue,
              ...shade(
                shadedPlaces(
                  days.map(({ day }) => day),
                  incomplete,
                ),
              ),
            },
            {
              ...axes,
              data: days.map(() => capacity),
              color: OKABE_ITO.vermilion,
              lineStyle: { type: 'dashed' as const },
            },
          ];
        }),
      },
    },
  ];
}
