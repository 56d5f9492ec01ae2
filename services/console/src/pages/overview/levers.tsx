import { useAnswer } from '../../ask/use-answer.ts';
import { amount } from '../../parts/amounts.ts';
import { Bars } from '../../parts/bars.tsx';
import { Card } from '../../parts/card.tsx';
import { Answer, Empty } from '../../parts/state.tsx';
import type { Period } from '../../time/period.ts';

const SHOWN = 6;

/** Who should do what next, the greatest saving first. */
export function Levers({ period }: { period: Period }) {
  const stoppable = useAnswer('stoppable', period);
  return (
    <Card title="What to do next" about="Levers that can be pulled now, the greatest saving first">
      <Answer what="the levers" of={stoppable}>
        {({ actions }) =>
          actions.length === 0 ? (
            <Empty>Nothing of this period can be stopped now.</Empty>
          ) : (
            <Bars
              label="Levers"
              unit="alerts a day saved"
              bars={actions
                .slice(0, SHOWN)
                .map(({ code, meaning, party, name, lever, leverName, again, devices, aDay }) => ({
                  key: [code, party, lever, leverName, again].join(),
                  label: `${code} ${meaning}`,
                  note: `${name || party || 'nobody'}: ${leverName}, on ${amount(devices)} ${devices === 1 ? 'device' : 'devices'}${again ? '; once more, it was switched off before' : ''}`,
                  value: aDay,
                  shown: amount(aDay),
                  to: `/explore?${new URLSearchParams({ ...period, code, by: 'model', grain: 'day' })}`,
                }))}
            />
          )
        }
      </Answer>
    </Card>
  );
}
