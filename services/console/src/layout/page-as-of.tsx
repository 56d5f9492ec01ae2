import type { ReactNode } from 'react';
import { Failed, Loading } from '../parts/state.tsx';
import { addDays, daysBetween } from '../time/london.ts';
import { type Period, usePeriod } from '../time/period.ts';
import { Title } from './title.tsx';

/** A page whose figures are of all that was known by the end of a day, which is chosen in its head. */
export function PageAsOf(props: {
  readonly name: string;
  readonly about: ReactNode;
  /** @param to the day after it, in London */
  readonly children: (to: string) => ReactNode;
}) {
  const { name, about, children } = props;
  const { period, end, failed, setPeriod } = usePeriod();
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
            <label>
              <span>As of the end of</span>
              <input
                type="date"
                value={addDays(period.to, -1)}
                onChange={({ target }) => target.value && set(period, addDays(target.value, 1))}
              />
            </label>
          </fieldset>
        )}
      </Title>
      {period ? children(period.to) : failed ? <Failed error={failed} /> : <Loading what={name} />}
    </>
  );
}
