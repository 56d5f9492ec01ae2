import { useAnswer } from '../../ask/use-answer.ts';
import { amount, percent } from '../../parts/amounts.ts';
import { Tile, Tiles } from '../../parts/card.tsx';
import { Answer, Loading } from '../../parts/state.tsx';
import { useElapsed } from '../../time/elapsed.ts';
import type { Period } from '../../time/period.ts';
import { useComparison } from './comparison.ts';

export function Summary({ period }: { period: Period }) {
  const elapsed = useElapsed(period);
  const volume = useAnswer('volume', { ...period, by: 'suppression' });
  const stoppable = useAnswer('stoppable', period);
  const feed = useAnswer('completeness', period);
  const shares = feed.data?.regions.map(({ share }) => share).filter((share) => share !== null) ?? [];
  const least = shares.length > 0 ? Math.min(...shares) : null;
  const compared = useComparison(period, elapsed);
  // Fewer messages than expected are no gap: a rollout that works brings fewer.
  const gaps = feed.data?.gaps.length ?? 0;
  return (
    <div className="wide">
      <Answer what="the summary" of={volume}>
        {({ rows }) => {
          const all = rows.reduce((sum, { counts }) => sum + (counts.alerts ?? 0), 0);
          const of = (suppression: string) =>
            rows.find(({ values }) => values.suppression === suppression)?.counts.alerts ?? 0;
          if (elapsed === null) return <Loading what="how much of the period has gone by" />;
          const { days } = elapsed;
          return (
            <Tiles>
              <Tile label="Alerts" value={amount(all / days)} unit="a day" note={compared} />
              <Tile
                label="Can be stopped now"
                value={stoppable.data ? amount(stoppable.data.aDay) : '…'}
                unit="a day"
                note={
                  stoppable.data &&
                  all > 0 &&
                  `${percent(stoppable.data.alerts / all)} of all, by service request or firmware`
                }
              />
              <Tile
                label="Unstoppable"
                value={all > 0 ? percent(of('unstoppable') / all) : '–'}
                unit="of alerts"
                note={`${amount(of('unstoppable') / days)} a day that could be switched off, but not by whoever is responsible`}
              />
              <Tile
                label="Feed"
                value={
                  feed.data === undefined
                    ? '…'
                    : gaps === 0
                      ? 'No gaps'
                      : `${gaps} ${gaps === 1 ? 'gap' : 'gaps'}`
                }
                note={
                  feed.error
                    ? 'not known: the question failed'
                    : least !== null &&
                      `${percent(least)} of the messages that the weeks before would make one expect, in the region with the least`
                }
                mark={feed.data === undefined ? undefined : gaps > 0 ? 'warn' : 'good'}
              />
            </Tiles>
          );
        }}
      </Answer>
    </div>
  );
}
