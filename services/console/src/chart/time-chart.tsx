import { useEffect, useRef } from 'react';
import { Table } from '../parts/table.tsx';
import { optionOf, type TimeChartOf } from './option.ts';

/** A chart over time; whoever can't see it has its figures as a table. @param label what it shows */
export function TimeChart(
  props: TimeChartOf & {
    readonly label: string;
    readonly height?: 'low' | 'high';
    readonly onPick?: (series: string) => void;
  },
) {
  const { label, height = 'high', onPick, ...of } = props;
  const { moments, series, unit, grain, show } = of;
  const box = useRef<HTMLDivElement>(null);
  const option = JSON.stringify([of.kind, moments, series, of.limits, of.marked]);
  const latest = useRef({ of, onPick });
  latest.current = { of, onPick };

  // biome-ignore lint/correctness/useExhaustiveDependencies: drawn anew where what is drawn is another
  useEffect(() => {
    let gone = () => {};
    let left = false;
    void import('./engine.ts').then(({ init }) => {
      if (left || box.current === null) return;
      const chart = init(box.current, null, { renderer: 'canvas' });
      chart.setOption(optionOf(latest.current.of));
      chart.on('click', ({ seriesName }) => latest.current.onPick?.(String(seriesName)));
      const resized = new ResizeObserver(() => chart.resize());
      resized.observe(box.current);
      gone = () => {
        resized.disconnect();
        chart.dispose();
      };
    });
    return () => {
      left = true;
      gone();
    };
  }, [option]);

  const text = show ?? ((value: number) => value.toLocaleString('en-GB', { maximumFractionDigits: 2 }));
  return (
    <figure className="chart">
      <div ref={box} className={`canvas ${height}`} role="img" aria-label={`${label}, ${unit} by ${grain}`} />
      <details>
        <summary>{label}: the figures as a table</summary>
        <Table
          caption={`${label}, ${unit}`}
          columns={[
            { name: `${grain} (London)`, cell: (i: number) => moments[i] },
            ...series.map(({ name, values }) => ({
              name,
              number: true,
              cell: (i: number) => (values[i] == null ? '–' : text(values[i])),
            })),
          ]}
          rows={moments.map((_, i) => i)}
          keyOf={(i) => moments[i]!}
        />
      </details>
    </figure>
  );
}
