import { useAnswer } from '../../ask/use-answer.ts';
import { SUPPRESSION } from '../../chart/theme.ts';
import { TimeChart } from '../../chart/time-chart.tsx';
import { Card } from '../../parts/card.tsx';
import { Answer, Empty } from '../../parts/state.tsx';
import { addDays, dayOf, daysOf, shortDay } from '../../time/london.ts';
import type { Period } from '../../time/period.ts';

export function Trend({ period }: { period: Period }) {
  const volume = useAnswer('volume', { ...period, by: 'suppression', grain: 'day', limit: '10000' });
  const feed = useAnswer('completeness', period);
  const days = daysOf(period.from, period.to);
  const missed = new Set(
    feed.data?.gaps.flatMap(({ from, to }) => daysOf(dayOf(from), addDays(dayOf(Date.parse(to) - 1), 1))),
  );
  const marked = days.flatMap((day, i) => (missed.has(day) ? [i] : []));
  return (
    <Card title="What comes, and whether it can be stopped" about="Alerts by London’s day" wide>
      <Answer what="the trend" of={volume}>
        {({ rows }) => {
          if (rows.length === 0) return <Empty>No alerts in this period.</Empty>;
          const found = new Map(
            rows.map(({ time, values, counts }) => [
              `${dayOf(time!)} ${values.suppression}`,
              counts.alerts ?? 0,
            ]),
          );
          const there = new Set(rows.map(({ values }) => values.suppression));
          const series = Object.entries(SUPPRESSION)
            .filter(([id]) => there.has(id))
            .map(([id, { name, colour }]) => ({
              name,
              colour,
              values: days.map((day) => found.get(`${day} ${id}`) ?? 0),
            }));
          return (
            <>
              <TimeChart
                label="Alerts by what can be done about them"
                kind="stack"
                unit="alerts a day"
                grain="day"
                moments={days.map(shortDay)}
                series={series}
                marked={marked}
              />
              {marked.length > 0 && (
                <p className="note">
                  Marked: on {marked.length === 1 ? 'a day' : `${marked.length} days`} a region’s feed was
                  missing for hours, whose alerts are in no figure.
                </p>
              )}
            </>
          );
        }}
      </Answer>
    </Card>
  );
}
