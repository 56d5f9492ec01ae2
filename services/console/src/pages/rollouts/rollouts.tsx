import { Link } from 'wouter';
import { useAnswer } from '../../ask/use-answer.ts';
import { PageAsOf } from '../../layout/page-as-of.tsx';
import { Answer, Empty } from '../../parts/state.tsx';
import { longDay } from '../../time/london.ts';
import { Blocked } from './blocked.tsx';
import { State } from './state.tsx';
import './rollouts.css';

export function Rollouts() {
  return (
    <PageAsOf name="Rollouts" about="Firmware on its way to devices, and which alerts it is to end.">
      {(to) => (
        <div className="column">
          <List to={to} />
          <Blocked to={to} />
        </div>
      )}
    </PageAsOf>
  );
}

function List({ to }: { to: string }) {
  const rollouts = useAnswer('rollouts', { at: to });
  return (
    <Answer what="rollouts" of={rollouts}>
      {({ rollouts }) =>
        rollouts.length === 0 ? (
          <Empty>The registry tells of no rollout for your devices.</Empty>
        ) : (
          <ul className="cards">
            {rollouts.map(
              ({
                rollout,
                name,
                begins,
                manufacturer,
                model,
                version,
                codes,
                regions,
                actingParty,
                state,
                reason,
              }) => (
                <li key={rollout} className="card rollout">
                  <h2>
                    <Link href={`/rollouts/${rollout}?${new URLSearchParams({ to })}`}>{name}</Link>
                  </h2>
                  <State state={state} reason={reason} />
                  <p>
                    {manufacturer} {model} to <b>{version}</b>, by {actingParty}
                  </p>
                  <p className="note">
                    Since {longDay(begins)}, {regions.length === 0 ? 'all regions' : regions.join(' and ')},
                    to end {codes.join(', ')}
                  </p>
                </li>
              ),
            )}
          </ul>
        )
      }
    </Answer>
  );
}
