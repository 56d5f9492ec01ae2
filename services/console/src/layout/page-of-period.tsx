import type { ReactNode } from 'react';
import { type Period, usePeriod } from '../time/period.ts';
import { NoPeriod } from './no-period.tsx';
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
  const { period, end, setPeriod, ...none } = usePeriod(days);
  return (
    <>
      <Title name={name} about={about}>
        {period && <PeriodBar period={period} end={end ?? period.to} set={setPeriod} />}
      </Title>
      {period ? children(period) : <NoPeriod of={name} {...none} />}
    </>
  );
}
