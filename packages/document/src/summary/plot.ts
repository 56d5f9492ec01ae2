import type { Summary } from '@tocsin/answers';
import type { EChartsOption } from 'echarts';
import { OKABE_ITO, TEXT } from '../plots/colours.ts';

/** A plot's option and height in pixels. */
interface Drawn {
  readonly option: EChartsOption;
  readonly height: number;
}

const COLOURS = [OKABE_ITO.skyBlue, OKABE_ITO.blue, OKABE_ITO.orange];
const ROW = 44;

type Rows = readonly { readonly name: string; readonly values: readonly number[] }[];

const seriesOf = ({ counts, drawn }: Summary, rows: Rows) =>
  counts.slice(0, drawn.first).map((name, i) => ({
    ...{ name, type: 'bar' as const, color: COLOURS[i]! },
    data: rows.map(({ values }) => values[i]!),
  }));

/** Bars of the greatest, the first on top. */
export function barsOf(summary: Summary, rows: Rows): Drawn {
  const upwards = rows.toReversed();
  return {
    height: 110 + ROW * rows.length,
    option: {
      textStyle: TEXT,
      legend: summary.drawn.first > 1 ? { top: 0, left: 0, itemGap: 56 } : { show: false },
      grid: { left: 190, right: 40, top: 40, bottom: 56 },
      xAxis: {
        ...{ type: 'value', name: summary.drawn.unit, nameLocation: 'middle', nameGap: 32 },
        minInterval: 1,
      },
      yAxis: {
        type: 'category',
        data: upwards.map(({ name }) => name || '–'),
        axisTick: { show: false },
        axisLabel: { width: 170, overflow: 'truncate' },
      },
      series: seriesOf(summary, upwards),
    },
  };
}

/** Bars over time, in London. */
export function overTime(summary: Summary, rows: Rows): Drawn {
  return {
    height: 320,
    option: {
      textStyle: TEXT,
      grid: { left: 90, right: 30, top: 20, bottom: 64 },
      xAxis: {
        ...{ type: 'category', data: rows.map(({ name }) => name) },
        ...{ name: 'time, Europe/London', nameLocation: 'middle', nameGap: 36 },
      },
      yAxis: { ...{ type: 'value', name: summary.drawn.unit }, nameLocation: 'middle', nameGap: 70 },
      series: seriesOf(summary, rows),
    },
  };
}
