import { useParams } from 'wouter';
import type { Told } from '../../ask/questions.ts';
import { useAnswer } from '../../ask/use-answer.ts';
import { PageAsOf } from '../../layout/page-as-of.tsx';
import { Card } from '../../parts/card.tsx';
import { Answer } from '../../parts/state.tsx';
import { longDay } from '../../time/london.ts';
import { Adoption } from './adoption.tsx';
import { Blocked } from './blocked.tsx';
import { Checks } from './checks.tsx';
import { Effects, withoutTwice } from './effects.tsx';
import { Silent } from './silent.tsx';
import { State } from './state.tsx';

/** One rollout: whether it does what it is for, and what else it does. */
export function Rollout() {
  const { rollout } = useParams<{ rollout: string }>();
  return (
    <PageAsOf
      name={`Rollout ${rollout}`}
      about="Judged against devices of the same model that have not taken it yet."
    >
      {(to) => <Judged rollout={rollout} to={to} />}
    </PageAsOf>
  );
}

/** How it came to stand as it does. */
const History = ({ states }: Pick<Told['rollout'], 'states'>) => (
  <p className="note">
    {states
      .map(
        ({ from, state, reason }) =>
          `${longDay(from)}: ${state.replaceAll('-', ' ')}${reason && ` (${reason.replaceAll('-', ' ')})`}`,
      )
      .join(' · ')}
  </p>
);

function Judged({ rollout, to }: { rollout: string; to: string }) {
  const judged = useAnswer('rollout', { rollout, to });
  const { data } = useAnswer('rollouts', { at: to });
  const codes = data?.rollouts.find((one) => one.rollout === rollout)?.codes ?? [];
  return (
    <Answer what="the rollout" of={judged}>
      {(told) => {
        const own = told.effects.filter(({ code }) => codes.includes(code));
        const side = told.effects.filter(({ code, estimate }) => !codes.includes(code) && estimate !== null);
        return (
          <div className="cards">
            <Card
              title={told.name}
              about={`${told.manufacturer} ${told.model} to ${told.version}`}
              wide
              action={<State state={told.state} reason={told.states.at(-1)?.reason ?? ''} />}
            >
              <p className="reading">{told.reading}</p>
              {told.states.length > 1 && <History states={told.states} />}
            </Card>
            <Card
              title="Effect"
              about="Alerts a day that the firmware adds, per device or HAN; 95% interval"
              wide
            >
              <Effects
                effects={withoutTwice(own)}
                label="Effect on the alerts that it is for"
                none="No alerts of its own codes can be compared yet."
              />
            </Card>
            <Checks effects={own} others={told.others} by={told.by} />
            <div className="column">
              <Adoption adoption={told.adoption} />
              <Blocked rollout={{ id: rollout, version: told.version }} to={to} />
            </div>
            <div className="column">
              <Card title="Side effects" about="On other alerts, corrected for many tests, the surest first">
                <Effects
                  effects={side.slice(0, 6)}
                  label="Side effects"
                  none="No other alerts can be compared yet."
                />
              </Card>
              <Silent rollout={rollout} to={to} />
            </div>
          </div>
        );
      }}
    </Answer>
  );
}
