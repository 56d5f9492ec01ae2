import { useAnswer } from '../../ask/use-answer.ts';
import { amount, percent } from '../../parts/amounts.ts';
import { Bars } from '../../parts/bars.tsx';
import { Card } from '../../parts/card.tsx';
import { Answer, Empty } from '../../parts/state.tsx';
import { hour } from '../../time/london.ts';
import type { Period } from '../../time/period.ts';

const SHOWN = 5;

/** How whole the feed was: where it was missing no figure is to be read. */
export function Feed({ period }: { period: Period }) {
  const feed = useAnswer('completeness', period);
  return (
    <Card title="Feed completeness" about="Messages received, of those expected">
      <Answer what="feed completeness" of={feed}>
        {({ regions, gaps }) => (
          <>
            {regions.length === 0 && <Empty>Nothing is expected in this period.</Empty>}
            <Bars
              label="Feed completeness by region"
              unit="share of messages expected"
              bars={regions.map(({ region, share, hours, gapHours }) => ({
                key: region,
                label: region || 'no region',
                note: gapHours > 0 ? `missing in ${amount(gapHours)} of ${amount(hours)} hours` : undefined,
                value: share ?? 0,
                shown: share === null ? 'nothing expected' : percent(share),
              }))}
            />
            {gaps.length > 0 && (
              <>
                <h3>The feed was missing (London)</h3>
                <ul className="gaps">
                  {gaps.slice(-SHOWN).map(({ region, from, to, share }) => (
                    <li key={region + from}>
                      <b>{region}</b> {hour(from)} to {hour(to)}
                      {share !== null && <span className="note">{percent(share)} came</span>}
                    </li>
                  ))}
                </ul>
              </>
            )}
          </>
        )}
      </Answer>
    </Card>
  );
}
