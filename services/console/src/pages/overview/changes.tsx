import { Link } from 'wouter';
import type { Told } from '../../ask/questions.ts';
import { useAnswer } from '../../ask/use-answer.ts';
import { useViewer } from '../../ask/viewer.ts';
import { amount, percent } from '../../parts/amounts.ts';
import { Card } from '../../parts/card.tsx';
import { Answer, Empty } from '../../parts/state.tsx';
import { addDays } from '../../time/london.ts';
import type { Period } from '../../time/period.ts';
import { UpAndDown } from './up-and-down.tsx';

const SHOWN = 4;
const DRIVERS = 3;

/** What changed in the period's last week; what rose above what was usual, and what explains it. */
export function Changes({ period }: { period: Period }) {
  const week = { from: addDays(period.to, -7), to: period.to };
  const { questions } = useViewer();
  const told = questions.changes !== undefined;
  const spikes = useAnswer('spikes', week);
  return (
    <Card
      title="What changed in the last week"
      about={
        told
          ? 'What there is more of, what less, and what explains it'
          : 'Codes above their usual, and what explains it'
      }
    >
      {told && (
        <>
          <UpAndDown week={week} period={period} />
          <h3 className="above">Above their usual, and why</h3>
        </>
      )}
      <Answer what="what changed" of={spikes}>
        {({ spikes }) =>
          spikes.length === 0 ? (
            <Empty>Nothing rose above its usual; nobody need act.</Empty>
          ) : (
            <ol className="changes">
              {spikes.slice(0, SHOWN).map((spike) => (
                <Change key={[spike.code, spike.party, spike.from].join()} spike={spike} period={period} />
              ))}
            </ol>
          )
        }
      </Answer>
    </Card>
  );
}

type Spike = Told['spikes']['spikes'][number];

function Change({ spike, period }: { spike: Spike; period: Period }) {
  const { code, party, above, usual, reading, drivers } = spike;
  const filters = { code, ...(party === null ? {} : { responsibleParty: party }) };
  const explore = new URLSearchParams({
    ...period,
    ...filters,
    by: party === null ? 'responsible-party' : 'model',
    grain: 'day',
  });
  return (
    <li>
      <h3>
        <Link href={`/explore?${explore}`}>{party ? `${code} of ${party}` : code}</Link>
        <span className="rise">
          +{amount(above)}
          <small> over {amount(usual)} usual</small>
        </span>
      </h3>
      <p>{reading}</p>
      <ul className="chips" aria-label="What explains it">
        {drivers.slice(0, DRIVERS).map(({ dimension, value, share }) => (
          <li key={dimension + value}>
            {dimension.replace('-', ' ')} <b>{value || 'none'}</b> {percent(share)}
          </li>
        ))}
      </ul>
    </li>
  );
}
