import type { Told } from '../../ask/questions.ts';
import { Card } from '../../parts/card.tsx';
import { Table } from '../../parts/table.tsx';
import { minute } from '../../time/london.ts';
import { boundsText, forecastText } from './forecast.ts';
import { headroomText } from './load.ts';

const load = (value: number) => value.toLocaleString('en-GB', { maximumSignificantDigits: 3 });

export function Components({ told }: { told: Told['capacity'] }) {
  const components = [...told.components].sort((a, b) => (a.headroom ?? 1) - (b.headroom ?? 1));
  return (
    <Card title="Components" about="The tightest first; forecasts with their 95% interval" wide>
      <Table
        caption="Components"
        columns={[
          { name: 'Component', cell: ({ name }) => <b>{name}</b> },
          {
            name: 'Headroom',
            number: true,
            cell: ({ headroom }) => headroomText(headroom),
          },
          {
            name: 'Peak',
            number: true,
            cell: ({ peak, unit }) => (peak ? `${load(peak.load)} ${unit}` : '–'),
          },
          { name: 'Capacity', number: true, cell: ({ capacity, unit }) => `${load(capacity)} ${unit}` },
          { name: 'At (London)', cell: ({ peak }) => (peak ? minute(peak.at) : '–') },
          {
            name: 'Reaches its capacity',
            cell: ({ forecast }) => (
              <>
                {forecastText(forecast)} <span className="note">{boundsText(forecast)}</span>
              </>
            ),
          },
        ]}
        rows={components}
        keyOf={({ component }) => component}
      />
    </Card>
  );
}
