import { useAnswer } from '../../ask/use-answer.ts';
import { amount } from '../../parts/amounts.ts';
import { Bars } from '../../parts/bars.tsx';
import { Card } from '../../parts/card.tsx';
import { Answer, Empty } from '../../parts/state.tsx';
import { useElapsed } from '../../time/elapsed.ts';
import { daysBetween } from '../../time/london.ts';
import type { Period } from '../../time/period.ts';

export function Codes({ period }: { period: Period }) {
  const volume = useAnswer('volume', { ...period, by: 'code', limit: '6' });
  const codes = useAnswer('codes', {});
  const days = useElapsed(period)?.days ?? daysBetween(period.from, period.to);
  const named = new Map(codes.data?.codes.map(({ code, plain, name }) => [code, plain || name]));
  return (
    <Card title="Most frequent codes" about="Of all alerts in the period">
      <Answer what="codes" of={volume}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Empty>No alerts in this period.</Empty>
          ) : (
            <Bars
              label="Most frequent codes"
              unit="alerts a day"
              bars={rows.map(({ values: { code = '' }, counts: { alerts = 0 } }) => ({
                key: code,
                label: `${code} ${named.get(code) ?? ''}`,
                value: alerts / days,
                shown: amount(alerts / days),
                to: `/explore?${new URLSearchParams({ ...period, code, by: 'model', grain: 'day' })}`,
              }))}
            />
          )
        }
      </Answer>
    </Card>
  );
}
