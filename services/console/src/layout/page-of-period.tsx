import type { ReactNode } from 'react';
import { Failed, Loading } from '../parts/state.tsx';
import { type Period, usePeriod } from '../time/period.ts';
import { PeriodBar } from './period-bar.tsx';
import { Title } from './title.tsx';

/** A page whose figures are of a period, which is chosen in its head. */
export function PageOfPeriod(props: {
  readonly name: string;
  readonly about: ReactNode;
  /** Of which it is where nobody has chosen; by default four weeks. */
  readonly days?: number;
  readonly children: (period: Period) => ReactNode;
}) {
  const { name, about, days, children } = props;
  const { period, end, failed, setPeriod } = usePeriod(days);
  return (
    <>
      <Title name={name} about={about}>
        {period && <PeriodBar period={period} end={end ?? period.to} set={setPeriod} />}
      </Title>
      {period ? children(period) : failed ? <Failed error={failed} /> : <Loading what={name} />}
    </>
  );
}
