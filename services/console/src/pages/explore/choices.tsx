import { Choice } from '../../parts/choice.tsx';
import { DIMENSIONS, filterOf, namesOf, type Query } from './asked.ts';

const GRAINS = { none: 'Whole period', hour: 'Hour', day: 'Day', week: 'Week', month: 'Month' };
const MEASURES = { alerts: 'Alerts', messages: 'Messages', devices: 'Devices' };

interface ChoicesOf {
  readonly query: Query;
  readonly change: (fields: Readonly<Record<string, string | null>>) => void;
}

/** What is counted, by what, over which time, and of what only. */
export function Choices({ query, change }: ChoicesOf) {
  const { by, measure, grain, filters } = query;
  return (
    <div className="wide choices">
      <Choice label="Count" value={measure} of={MEASURES} choose={(measures) => change({ measures })} />
      <Choice
        label="By"
        value={by.join(',')}
        of={{ ...DIMENSIONS, [by.join(',')]: namesOf(by) }}
        choose={(by) => change({ by })}
      />
      <Choice label="Over" value={grain} of={GRAINS} choose={(grain) => change({ grain })} />
      {filters.length > 0 && (
        <ul className="filters" aria-label="Only">
          {filters.map(({ dimension, value }) => (
            <li key={dimension}>
              <button type="button" onClick={() => change({ [filterOf(dimension)]: null })}>
                {DIMENSIONS[dimension]}: <b>{value || 'none'}</b> <span aria-hidden="true">×</span>
                <span className="visually-hidden">, take this filter away</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
