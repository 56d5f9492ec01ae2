import type { Block } from '../document.ts';
import type { Gathered } from '../gather.ts';
import { say, TERMS } from '../prose.ts';
import { OKABE_ITO, TEXT } from './colours.ts';

const MOST = 12;
const ROW = 34;

type Effect = Gathered['firmware'][number]['effect']['told']['effects'][number];

/** What rollouts ended, with intervals: their own codes, and side effects that are more than chance. None where nothing can be told. */
export function effectsPlot(firmware: Gathered['firmware']): Block[] {
  const rows = firmware
    .flatMap(({ registered, effect }) =>
      effect.told.effects
        .filter(({ avoidedPerDay }) => avoidedPerDay !== null)
        .filter((one) => registered.told.codes.includes(one.code) || (one.pAdjusted ?? 1) < 0.05)
        .map((one) => ({ ...one, label: `${registered.told.rollout}: ${one.code} ${place(one)}` })),
    )
    .slice(0, MOST)
    .reverse();
  if (rows.length === 0) return [];
  const intervals = rows.map(({ avoidedPerDay }, y) => [
    avoidedPerDay!.value,
    y,
    avoidedPerDay!.low,
    avoidedPerDay!.high,
  ]);
  return [
    {
      kind: 'plot',
      id: 'effects',
      caption: say`What rollouts ended by the end of the period, alerts a day, each with its ${TERMS.interval}: right of the line there are fewer than without it.`,
      alternative: say`A point and a line for each effect that can be told, by rollout and code; what was judged of each is in the list above.`,
      commands: firmware.map(({ effect }) => effect.command),
      height: 90 + ROW * rows.length,
      option: {
        textStyle: TEXT,
        grid: { left: 240, right: 30, top: 20, bottom: 56 },
        xAxis: {
          type: 'value',
          name: 'alerts a day that all activated devices no longer raise',
          nameLocation: 'middle',
          nameGap: 32,
        },
        yAxis: { type: 'category', data: rows.map(({ label }) => label), axisTick: { show: false } },
        series: [
          {
            type: 'custom',
            encode: { x: [0, 2, 3], y: 1 },
            data: intervals,
            renderItem: (_, api) => {
              const [x, y] = api.coord([api.value(0), api.value(1)]) as [number, number];
              const [low] = api.coord([api.value(2), api.value(1)]) as [number];
              const [high] = api.coord([api.value(3), api.value(1)]) as [number];
              return {
                type: 'group',
                children: [
                  line(low, y, high, y),
                  line(low, y - 5, low, y + 5),
                  line(high, y - 5, high, y + 5),
                  { type: 'circle', shape: { cx: x, cy: y, r: 5 }, style: { fill: OKABE_ITO.blue } },
                ],
              };
            },
            markLine: {
              silent: true,
              symbol: 'none',
              lineStyle: { color: OKABE_ITO.black, type: 'dashed' },
              label: { show: false },
              data: [{ xAxis: 0 }],
            },
          },
        ],
      },
    },
  ];
}

const place = ({ scope }: Effect) => (scope === 'device' ? 'on the devices' : 'on their HANs');

const line = (x1: number, y1: number, x2: number, y2: number) =>
  ({
    type: 'line',
    shape: { x1, y1, x2, y2 },
    style: { stroke: OKABE_ITO.blue, lineWidth: 2 },
  }) as const;
