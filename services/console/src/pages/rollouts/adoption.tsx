import type { Told } from '../../ask/questions.ts';
import { SERIES } from '../../chart/theme.ts';
import { TimeChart } from '../../chart/time-chart.tsx';
import { amount } from '../../parts/amounts.ts';
import { Card } from '../../parts/card.tsx';
import { Empty } from '../../parts/state.tsx';
import { longDay, shortDay } from '../../time/london.ts';

export function Adoption({ adoption }: Pick<Told['rollout'], 'adoption'>) {
  const last = adoption.at(-1);
  return (
    <Card
      title="Adoption"
      about={
        last
          ? `${amount(last.activated)} devices activated it, the last on ${longDay(last.day)}, when there were ${amount(last.devices)} of the model`
          : undefined
      }
    >
      {last ? (
        <TimeChart
          label="Adoption"
          kind="line"
          height="low"
          unit="devices"
          grain="day"
          moments={adoption.map(({ day }) => shortDay(day))}
          series={[
            { name: 'activated', colour: SERIES[0], values: adoption.map(({ activated }) => activated) },
            {
              name: 'of the model',
              colour: SERIES[1],
              values: adoption.map(({ devices }) => devices),
              dashed: true,
            },
          ]}
        />
      ) : (
        <Empty>No device of yours has activated it yet.</Empty>
      )}
    </Card>
  );
}
