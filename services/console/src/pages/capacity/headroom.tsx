import type { Told } from '../../ask/questions.ts';
import { SERIES } from '../../chart/theme.ts';
import { TimeChart } from '../../chart/time-chart.tsx';
import { percent } from '../../parts/amounts.ts';
import { Card } from '../../parts/card.tsx';
import { shortDay } from '../../time/london.ts';

/** Each component's load on its tightest minute, as a share of what it can carry: comparable across units. */
export function Headroom({ told }: { told: Told['capacity'] }) {
  const days = [...new Set(told.components.flatMap(({ days }) => days.map(({ day }) => day)))].sort();
  return (
    <Card
      title="Peak load"
      about="The tightest minute of each day, as a share of the capacity that held"
      wide
    >
      <TimeChart
        label="Peak load by component"
        kind="line"
        unit="share of capacity"
        grain="day"
        show={percent}
        moments={days.map(shortDay)}
        series={told.components.slice(0, SERIES.length).map(({ name, days: of }, i) => {
          const found = new Map(of.map(({ day, headroom }) => [day, 1 - headroom]));
          return { name, colour: SERIES[i]!, values: days.map((day) => found.get(day) ?? null) };
        })}
        limits={[{ name: 'capacity', value: 1 }]}
      />
    </Card>
  );
}
