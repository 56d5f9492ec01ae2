import { OfHubs } from '../../layout/of-hubs.tsx';
import { PageOfPeriod } from '../../layout/page-of-period.tsx';
import { Changes } from './changes.tsx';
import { Codes } from './codes.tsx';
import { Feed } from './feed.tsx';
import { Levers } from './levers.tsx';
import { Summary } from './summary.tsx';
import { Trend } from './trend.tsx';
import './overview.css';

/** What came, what of it can be stopped, what changed, and what to do next. */
export function Overview() {
  return (
    <PageOfPeriod
      name="Overview"
      about={
        <>
          What came, what of it can be stopped, and what to do next.
          <OfHubs />
        </>
      }
    >
      {(period) => (
        <div className="cards">
          <Summary period={period} />
          <Trend period={period} />
          <div className="column">
            <Levers period={period} />
            <Changes period={period} />
          </div>
          <div className="column">
            <Codes period={period} />
            <Feed period={period} />
          </div>
        </div>
      )}
    </PageOfPeriod>
  );
}
