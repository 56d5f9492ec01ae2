import type { EChartsCoreOption } from 'echarts/core';
import { short } from '../parts/amounts.ts';
import { FAINT, FONT, INK, LINE, MARK } from './theme.ts';

export interface Series {
  readonly name: string;
  readonly colour: string;
  /** By moment; null: not known. */
  readonly values: readonly (number | null)[];
  readonly dashed?: boolean;
}

export interface TimeChartOf {
  /** As they are shown, in order. */
  readonly moments: readonly string[];
  readonly series: readonly Series[];
  /** Of the vertical axis, such as `alerts a day`. */
  readonly unit: string;
  /** Of the horizontal axis, such as `day`. */
  readonly grain: string;
  readonly kind: 'line' | 'stack';
  /** Lines across, such as a capacity. */
  readonly limits?: readonly { readonly name: string; readonly value: number }[];
  /** Which of the moments are marked, as those whose values are not to be read. */
  readonly marked?: readonly number[];
  readonly show?: (value: number) => string;
}

export function optionOf({
  moments,
  series,
  unit,
  grain,
  kind,
  limits = [],
  marked = [],
  show,
}: TimeChartOf): EChartsCoreOption {
  const text = { color: FAINT, fontFamily: FONT, fontSize: 12 };
  const told = show ?? ((value: number) => value.toLocaleString('en-GB', { maximumFractionDigits: 2 }));
  return {
    animation: false,
    textStyle: { fontFamily: FONT },
    grid: {
      left: 8,
      right: 16,
      top: 34,
      bottom: series.length > 1 ? 62 : 30,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    legend: {
      show: series.length > 1,
      bottom: 0,
      icon: 'roundRect',
      itemWidth: 12,
      itemHeight: 12,
      textStyle: { ...text, color: INK },
      type: 'scroll',
    },
    // Drawn on the canvas: what the page's policy lets in has no styles within its text.
    tooltip: {
      trigger: 'axis',
      renderMode: 'richText',
      confine: true,
      textStyle: { ...text, color: INK },
      valueFormatter: (value: unknown) => (typeof value === 'number' ? told(value) : 'none'),
    },
    xAxis: {
      type: 'category',
      data: [...moments],
      name: `${grain}, Europe/London`,
      nameLocation: 'middle',
      nameGap: 26,
      nameTextStyle: text,
      axisLabel: { ...text, hideOverlap: true },
      axisLine: { lineStyle: { color: LINE } },
      axisTick: { show: false },
      boundaryGap: kind === 'stack',
    },
    yAxis: {
      type: 'value',
      name: unit,
      nameTextStyle: { ...text, align: 'left', padding: [0, 0, 4, -4] },
      axisLabel: { ...text, formatter: show ?? short },
      splitLine: { lineStyle: { color: LINE } },
    },
    series: series.map(({ name, colour, values, dashed }, i) => ({
      name,
      type: kind === 'stack' ? 'bar' : 'line',
      ...(kind === 'stack' ? { stack: 'all', barCategoryGap: '18%' } : { showSymbol: values.length === 1 }),
      data: [...values],
      itemStyle: { color: colour },
      lineStyle: { width: 2, color: colour, type: dashed ? 'dashed' : 'solid' },
      ...(i === 0 && limits.length + marked.length > 0
        ? {
            markLine: {
              symbol: 'none',
              silent: true,
              lineStyle: { color: INK, type: 'dashed' },
              label: { ...text, position: 'insideEndTop', formatter: '{b}' },
              data: [
                ...limits.map(({ name, value }) => ({ name, yAxis: value })),
                ...marked.map((i) => ({ xAxis: i, lineStyle: MARK, label: { show: false } })),
              ],
            },
          }
        : {}),
    })),
  };
}
