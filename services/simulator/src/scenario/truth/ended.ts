import { type Day, daysBetween, startOf } from '@tocsin/domain';
import type { Calendar } from '../calendar.ts';
import type { Causes } from '../causes.ts';
import { factorAt } from '../hours.ts';
import { rateAt, type Stream } from '../streams.ts';

/** Alerts that would have been raised but for what firmware and efforts did, by the rates that they are drawn from. */
export interface Ended {
  /** A day, over these days, by homes that are asked for. */
  over(codes: readonly string[], days: readonly Day[], keep: (home: number) => boolean): number;
  /** The same, each home over its own days. */
  each(
    codes: readonly string[],
    keep: (home: number) => boolean,
    daysOf: (home: number) => readonly Day[],
  ): number;
}

export function endedAlerts(calendar: Calendar, streams: readonly Stream[], causes: Causes): Ended {
  /** What a home's device would raise on a day at factor 1 an hour, less what is left of it. */
  function endedOn(stream: Stream, home: number, day: Day): number {
    const index = daysBetween(calendar.first, day);
    const [first, last] = [calendar.firstHour[index]!, calendar.firstHour[index + 1]!];
    const begin = startOf(day) / 1000;
    const [atFirst, atLast] = [
      causes.left(stream, home, begin),
      causes.left(stream, home, begin + (last - first) * 3600 - 1),
    ];
    let ended = 0;
    for (let hour = first; hour < last; hour++) {
      const left =
        atFirst === atLast ? atFirst : causes.left(stream, home, begin + (hour - first) * 3600 + 1800);
      ended += factorAt(stream, hour) * (1 - left);
    }
    return ended;
  }

  const each: Ended['each'] = (codes, keep, daysOf) => {
    let total = 0;
    for (const stream of streams) {
      if (!codes.includes(stream.code) || !stream.process.groups) continue;
      for (let position = 0; position < stream.list.length; position++) {
        const home = stream.list[position]!;
        if (!keep(home)) continue;
        const days = daysOf(home);
        if (days.length === 0) continue;
        let ended = 0;
        for (const day of days) ended += endedOn(stream, home, day);
        total += (rateAt(stream, position) * ended) / days.length;
      }
    }
    return total;
  };
  return { each, over: (codes, days, keep) => each(codes, keep, () => days) };
}
