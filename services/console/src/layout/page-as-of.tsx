import type { ReactNode } from 'react';
import { addDays, daysBetween } from '../time/london.ts';
import { type Period, usePeriod } from '../time/period.ts';
import { Day } from './day.tsx';
import { NoPeriod } from './no-period.tsx';
import { Title } from './title.tsx';

/** A page whose figures are of all that was known by the end of a day, which is chosen in its head. */
export function PageAsOf(props: {
  readonly name: string;
  readonly about: ReactNode;
  /** @param to the day after it, in London */
  readonly children: (to: string) => ReactNode;
}) {
  const { name, about, children } = props;
  const { period, end, setPeriod, ...none } = usePeriod();
  // The span stays for the pages that have one.
  const set = ({ from, to }: Period, next: string) =>
    setPeriod({ from: addDays(next, -daysBetween(from, to)), to: next });
  return (
    <>
      <Title name={name} about={about}>
        {period && (
          <fieldset className="period">
            <legend className="visually-hidden">Day in London</legend>
            <button type="button" aria-pressed={period.to === end} onClick={() => end && set(period, end)}>
              Now
            </button>
            <Day
              label="As of the end of"
              day={addDays(period.to, -1)}
              set={(day) => set(period, addDays(day, 1))}
            />
          </fieldset>
        )}
      </Title>
      {period ? children(period.to) : <NoPeriod of={name} {...none} />}
    </>
  );
}
