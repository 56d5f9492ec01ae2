import type { Told } from '../../ask/questions.ts';
import { useAnswer } from '../../ask/use-answer.ts';
import { PageOfPeriod } from '../../layout/page-of-period.tsx';
import { Tile, Tiles } from '../../parts/card.tsx';
import { Answer, Empty } from '../../parts/state.tsx';
import { minute } from '../../time/london.ts';
import type { Period } from '../../time/period.ts';
import { Components } from './components.tsx';
import { forecastText, noteOf } from './forecast.ts';
import { Headroom } from './headroom.tsx';
import { headroomText, loadText } from './load.ts';
import { useWithout, WhatIf } from './what-if.tsx';

/** Below this a peak as high again would not be carried. */
const TIGHT = 0.2;
/** Growth is seen over 28 complete days at least, and better over more. */
const DAYS = 84;
/** Alerts a minute at which a component is full: where it is fewer, as many come together by chance. */
const FEW = 30;

export function Capacity() {
  return (
    <PageOfPeriod
      name="Capacity"
      about="How much more the network’s components could carry, and until when."
      days={DAYS}
    >
      {(period) => <Assessed period={period} />}
    </PageOfPeriod>
  );
}

function Assessed({ period }: { period: Period }) {
  const without = useWithout();
  const capacity = useAnswer('capacity', { ...period, ...(without && { without }) });
  return (
    <Answer what="capacity" of={capacity}>
      {(told) =>
        told.components.length === 0 ? (
          <Empty>The registry tells of no component.</Empty>
        ) : (
          <Figures told={told} />
        )
      }
    </Answer>
  );
}

function Figures({ told }: { told: Told['capacity'] }) {
  const { headroom, component, peak, forecast } = told.endToEnd;
  const over = headroom !== null && headroom < 0;
  const name = told.components.find((one) => one.component === component)?.name ?? component ?? '–';
  const full = Math.min(
    ...told.components.filter(({ unit }) => unit === 'alerts/s').map(({ capacity }) => 60 * capacity),
  );
  return (
    <div className="cards">
      <div className="wide">
        {full < FEW && (
          <p className="warning">
            The smallest component carries {full.toFixed(1)} alerts a minute, and so few come together by
            chance: of a network as small as this its peaks say little.
          </p>
        )}
        <Tiles>
          <Tile
            label="Headroom, end to end"
            value={over ? 'None' : headroomText(headroom)}
            unit={over ? '' : 'of capacity'}
            note={
              over
                ? `the tightest minute of the period had ${loadText(headroom)}`
                : 'left in the tightest minute of the period'
            }
            mark={headroom !== null && headroom < TIGHT ? 'warn' : 'good'}
          />
          <Tile
            label="Tightest"
            value={name}
            note={peak ? `${peak.load.toFixed(2)} alerts a second at ${minute(peak.at)}` : 'nothing came'}
          />
          <Tile
            label="Forecast"
            value={forecastText(forecast)}
            note={forecast ? noteOf(forecast) : 'it takes 28 complete days to see growth'}
          />
        </Tiles>
      </div>
      <WhatIf whatIf={told.whatIf} />
      <Headroom told={told} />
      <Components told={told} />
    </div>
  );
}
