import { useEffect, useRef } from 'react';
import { isDay } from '../time/days.ts';

/**
 * Chooses a day. While a year is typed it is one of long ago: nothing is set until the day is one that can be asked for, and
 * the field keeps what is typed meanwhile.
 */
export function Day(props: {
  readonly label: string;
  readonly day: string;
  readonly set: (day: string) => void;
}) {
  const { label, day, set } = props;
  const input = useRef<HTMLInputElement>(null);
  const show = () => {
    if (input.current && input.current.value !== day) input.current.value = day;
  };
  useEffect(show, [day]);
  return (
    <label>
      <span>{label}</span>
      <input
        ref={input}
        type="date"
        defaultValue={day}
        min="2000-01-01"
        max="2099-12-30"
        onChange={({ target }) => isDay(target.value) && target.value < '2099-12-31' && set(target.value)}
        onBlur={show}
      />
    </label>
  );
}
