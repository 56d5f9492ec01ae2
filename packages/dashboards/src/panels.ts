import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import * as common from '@grafana/grafana-foundation-sdk/common';
import {
  type DataSourceRef,
  GraphDrawStyle,
  GraphThresholdsStyleMode,
  LegendDisplayMode,
  LegendPlacement,
  SortOrder,
  StackingMode,
  TooltipDisplayMode,
  VisibilityMode,
} from '@grafana/grafana-foundation-sdk/common';
import {
  FieldColorBuilder,
  FieldColorModeId,
  type Threshold,
  ThresholdsConfigBuilder,
  ThresholdsMode,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as TimelineBuilder } from '@grafana/grafana-foundation-sdk/statetimeline';
import { PanelBuilder as TableBuilder } from '@grafana/grafana-foundation-sdk/table';
import { PanelBuilder as ChartBuilder } from '@grafana/grafana-foundation-sdk/timeseries';

/** What every panel says of itself. */
export interface Panel {
  readonly title: string;
  /** What is shown, over which time, and what its colours mean. */
  readonly description: string;
  /** A unit of Grafana's; columns of a table may differ from it. */
  readonly unit: string;
  /** Shown where there is nothing to show. */
  readonly none: string;
  readonly from: DataSourceRef;
  readonly queries: readonly Builder<Dataquery>[];
}

const tell = <B extends StatBuilder | TimelineBuilder | TableBuilder | ChartBuilder>(
  builder: B,
  panel: Panel,
): B => {
  builder
    .title(panel.title)
    .description(panel.description)
    .unit(panel.unit)
    .noValue(panel.none)
    .datasource(panel.from)
    .targets([...panel.queries]);
  return builder;
};

/** One tile for each row, named by its text column; of a row alone, one for each of its numbers. */
export const stat = (panel: Panel) =>
  tell(new StatBuilder(), panel)
    .reduceOptions(new common.ReduceDataOptionsBuilder().values(true).calcs(['lastNotNull']))
    .graphMode(common.BigValueGraphMode.None)
    .colorMode(common.BigValueColorMode.Background)
    .height(5)
    .span(8);

/** One tile for each series, with its newest value. */
export const newest = (panel: Panel) =>
  stat(panel).reduceOptions(new common.ReduceDataOptionsBuilder().values(false).calcs(['lastNotNull']));

/** Lines over time, with a legend that tells the newest and the greatest of each. */
export const chart = (panel: Panel) =>
  tell(new ChartBuilder(), panel)
    .legend(
      new common.VizLegendOptionsBuilder()
        .displayMode(LegendDisplayMode.Table)
        .placement(LegendPlacement.Bottom)
        .showLegend(true)
        .calcs(['lastNotNull', 'max']),
    )
    .tooltip(new common.VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending))
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.PaletteClassicByName))
    .showPoints(VisibilityMode.Never)
    .height(9)
    .span(12);

/** Bars of one time on top of each other, for what adds up. */
export const stacked = (panel: Panel) =>
  chart(panel)
    .drawStyle(GraphDrawStyle.Bars)
    .fillOpacity(80)
    .lineWidth(0)
    .stacking(new common.StackingConfigBuilder().mode(StackingMode.Normal).group('A'));

export const table = (panel: Panel) => tell(new TableBuilder(), panel).height(9).span(12);

/** What holds from when to when. */
export const timeline = (panel: Panel) =>
  tell(new TimelineBuilder(), panel)
    .mergeValues(true)
    .legend(
      new common.VizLegendOptionsBuilder()
        .showLegend(false)
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom)
        .calcs([]),
    )
    .height(5)
    .span(24);

/** Colours from values on; the first holds below all of them. */
export const thresholds = (first: string, ...steps: readonly [from: number, colour: string][]) => {
  const all: Threshold[] = [
    { value: null, color: first },
    ...steps.map(([value, color]) => ({ value, color })),
  ];
  return new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(all);
};

/** Thresholds drawn as lines. */
export const AS_LINES = new common.GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Dashed);

/** Where a table's column has a unit of its own. */
export const columnUnit = (unit: string, decimals?: number) => [
  { id: 'unit', value: unit },
  ...(decimals === undefined ? [] : [{ id: 'decimals', value: decimals }]),
];

/** What stands in a column of the row that is clicked. */
export const cell = (column: string) => `\${__data.fields.${column}}`;

/** What a text column says of a series. */
export const labelOf = (column: string) => `\${__field.labels.${column}}`;

/** A cell that leads on. @param url of a dashboard, with `cell` for what stands in the row */
export const columnLink = (title: string, url: string) => [
  { id: 'links', value: [{ title, url, targetBlank: false }] },
];
