import { addressOf } from '../../ask/questions.ts';
import { useAnswer } from '../../ask/use-answer.ts';
import { useViewer } from '../../ask/viewer.ts';
import { OfHubs } from '../../layout/of-hubs.tsx';
import { PageOfPeriod } from '../../layout/page-of-period.tsx';
import { Card } from '../../parts/card.tsx';
import { Answer, Empty } from '../../parts/state.tsx';
import type { Period } from '../../time/period.ts';
import { askedOf, namesOf, useQueryInAddress } from './asked.ts';
import { Choices } from './choices.tsx';
import { CopyAsCurl } from './copy-as-curl.tsx';
import { CopyLink } from './copy-link.tsx';
import { Export } from './export.tsx';
import { Volume } from './volume.tsx';
import './explore.css';

export function Explore() {
  return (
    <PageOfPeriod
      name="Explore"
      about="Alerts by anything they are told apart by; a click looks further into it."
    >
      {(period) => <Exploration period={period} />}
    </PageOfPeriod>
  );
}

function Exploration({ period }: { period: Period }) {
  const { query, change, drill } = useQueryInAddress();
  const asked = askedOf(query, period);
  const volume = useAnswer('volume', asked);
  const { questions } = useViewer();
  const address = addressOf(questions.volume!, asked as Record<string, string>);
  return (
    <div className="cards">
      <Choices query={query} change={change} />
      <Card
        title={`${query.measure[0]!.toUpperCase()}${query.measure.slice(1)} by ${namesOf(query.by).toLowerCase()}`}
        wide
        action={
          <div className="actions">
            <CopyLink period={period} />
            <CopyAsCurl address={address} />
          </div>
        }
      >
        <Answer what="volumes" of={volume}>
          {(told) =>
            told.rows.length === 0 ? (
              <Empty>
                Nothing of this came in this period: take a filter away, or choose another period.
                <OfHubs />
              </Empty>
            ) : (
              <Volume told={told} period={period} drill={drill} />
            )
          }
        </Answer>
      </Card>
      <Export asked={asked} period={period} />
    </div>
  );
}
