import { addDays, daysBetween } from '../time/london.ts';
import type { Period } from '../time/period.ts';
import { Day } from './day.tsx';

const SPANS = [
  [7, '7 days'],
  [28, '4 weeks'],
  [84, '12 weeks'],
] as const;

/** Chooses the period, days in London; @param end the day after the last one of which there is anything */
export function PeriodBar(props: {
  readonly period: Period;
  readonly end: string;
  readonly set: (period: Period) => void;
}) {
  const { period, end, set } = props;
  const { from, to } = period;
  // One end takes the other along where it would come before it.
  const span = daysBetween(from, to);
  return (
    <fieldset className="period">
      <legend className="visually-hidden">Period, days in London</legend>
      {SPANS.map(([days, name]) => (
        <button
          key={days}
          type="button"
          aria-pressed={to === end && daysBetween(from, to) === days}
          onClick={() => set({ from: addDays(end, -days), to: end })}
        >
          {name}
        </button>
      ))}
      <Day
        label="From"
        day={from}
        set={(day) => set({ from: day, to: day < to ? to : addDays(day, span) })}
      />
      <Day
        label="up to"
        day={addDays(to, -1)}
        set={(day) => {
          const next = addDays(day, 1);
          set({ from: from < next ? from : addDays(next, -span), to: next });
        }}
      />
    </fieldset>
  );
}
