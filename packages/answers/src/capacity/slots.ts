import type { Tightest } from './read.ts';
import type { Told } from './told.ts';

export type SlotDay = Tightest & { ended: number; failed: number };

/** Of each component the downloads of all days, and the hour in which most ended for each slot. */
export function slotsOf(days: readonly SlotDay[]): Told['slots'] {
  return [...new Set(days.map(({ component }) => component))].map((component) => {
    const own = days.filter((day) => day.component === component);
    const [busiest] = own.toSorted((a, b) => a.capacity / a.load - b.capacity / b.load);
    return {
      component,
      slots: busiest!.capacity,
      ended: own.reduce((sum, { ended }) => sum + ended, 0),
      failed: own.reduce((sum, { failed }) => sum + failed, 0),
      hoursToFill: busiest!.capacity / busiest!.load,
    };
  });
}
