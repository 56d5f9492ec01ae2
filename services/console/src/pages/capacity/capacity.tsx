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
  return (
    <div className="cards">
      <div className="wide">
        {told.caution && <p className="warning">{told.caution}</p>}
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
