import { addDays, daysBetween } from '../time/london.ts';
import type { Period } from '../time/period.ts';

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
      <label>
        <span>From</span>
        <input
          type="date"
          value={from}
          max={addDays(to, -1)}
          onChange={({ target }) => target.value && set({ from: target.value, to })}
        />
      </label>
      <label>
        <span>up to</span>
        <input
          type="date"
          value={addDays(to, -1)}
          min={from}
          onChange={({ target }) => target.value && set({ from, to: addDays(target.value, 1) })}
        />
      </label>
    </fieldset>
  );
}
