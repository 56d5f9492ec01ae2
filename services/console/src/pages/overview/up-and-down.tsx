import { Link } from 'wouter';
import type { Told } from '../../ask/questions.ts';
import { useAnswer } from '../../ask/use-answer.ts';
import { amount } from '../../parts/amounts.ts';
import { Answer, Empty } from '../../parts/state.tsx';
import { useElapsed } from '../../time/elapsed.ts';
import { addDays } from '../../time/london.ts';
import type { Period } from '../../time/period.ts';

const SHOWN = 5;

/** Of which codes there is more and of which less than in the week before, in the hours that were heard. */
export function UpAndDown({ week, period }: { week: Period; period: Period }) {
  const elapsed = useElapsed(week);
  const asked = { from: week.from, to: elapsed?.to ?? week.to, before: addDays(week.from, -7) };
  const changes = useAnswer('changes', asked, elapsed !== null);
  return (
    <Answer what="what there is more and less of" of={changes}>
      {({ all, codes }) => {
        if (all.change === null) return <Empty>The feed was missing: what changed can’t be told.</Empty>;
        const moved = codes.filter(({ change }) => Math.round(Math.abs(change ?? 0)) > 0);
        if (moved.length === 0) return <Empty>No code changed by as much as an alert a day.</Empty>;
        return (
          <>
            <p className="axis">alerts a day, against the week before</p>
            <ol className="changes moved">
              {moved.slice(0, SHOWN).map((one) => (
                <Moved key={one.code} one={one} period={period} />
              ))}
            </ol>
          </>
        );
      }}
    </Answer>
  );
}

function Moved({ one, period }: { one: Told['changes']['codes'][number]; period: Period }) {
  const { code, meaning, aDay, aDayBefore } = one;
  const change = one.change ?? 0;
  const explore = new URLSearchParams({ ...period, code, by: 'responsible-party', grain: 'day' });
  return (
    <li>
      <h3>
        <Link href={`/explore?${explore}`}>{`${code} ${meaning}`.trim()}</Link>
        <span className={change < 0 ? 'fall' : 'rise'}>
          {change < 0 ? '−' : '+'}
          {amount(Math.abs(change))}
          <small>
            {' '}
            {amount(aDayBefore ?? 0)} before, now {amount(aDay ?? 0)}
          </small>
        </span>
      </h3>
    </li>
  );
}
