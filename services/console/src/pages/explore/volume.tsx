import type { Told } from '../../ask/questions.ts';
import { TimeChart } from '../../chart/time-chart.tsx';
import { amount, percent } from '../../parts/amounts.ts';
import { Table } from '../../parts/table.tsx';
import type { Period } from '../../time/period.ts';
import { OTHERS, overTime, totalsOf } from './over-time.ts';

const SHOWN = 100;

/** As a chart over time, and what each value adds up to; devices are not added up over times. */
export function Volume(props: {
  readonly told: Told['volume'];
  readonly period: Period;
  readonly drill: (values: readonly string[]) => void;
}) {
  const { told, period, drill } = props;
  const { by, measures, grain, more } = told;
  const measure = measures[0]!;
  const dimensions = by.join(', ').replaceAll('-', ' ');
  const totals = totalsOf(told, measure);
  const all = totals.reduce((sum, { total }) => sum + total, 0);
  const most = measure === 'devices' && grain !== 'none';
  return (
    <>
      {grain !== 'none' && (
        <TimeChart
          label={`${measure} by ${dimensions}`}
          kind={measure === 'devices' ? 'line' : 'stack'}
          unit={`${measure} ${grain === 'day' ? 'a day' : `by ${grain}`}`}
          grain={grain}
          {...overTime(told, measure, totals, period)}
          onPick={(name) => {
            const picked = name === OTHERS ? undefined : totals.find((one) => one.name === name);
            if (picked) drill(picked.values);
          }}
        />
      )}
      {more && (
        <p className="note">
          There is more than fits: filter, choose a longer grain, or export it, which has all.
        </p>
      )}
      <Table
        caption={`${measure} by ${dimensions}`}
        columns={[
          {
            name: dimensions,
            cell: ({ name, values }) => (
              <button type="button" className="drill" onClick={() => drill(values)}>
                {name}
              </button>
            ),
          },
          { name: most ? `${measure}, at most` : measure, number: true, cell: ({ total }) => amount(total) },
          ...(measure === 'devices'
            ? []
            : [
                { name: 'of all', number: true, cell: ({ total }: Total) => percent(total / all) },
                { name: 'compared', cell: ({ total }: Total) => <Length share={total / totals[0]!.total} /> },
              ]),
        ]}
        rows={totals.slice(0, SHOWN)}
        keyOf={({ values }) => JSON.stringify(values)}
      />
    </>
  );
}

type Total = ReturnType<typeof totalsOf>[number];

const Length = ({ share }: { share: number }) => (
  <svg className="length" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
    <rect width={100 * share} height="1" fill="var(--accent)" />
  </svg>
);
