import { addDays, type Day, dayOf } from '@tocsin/domain';

interface Gap {
  readonly from: string;
  readonly to: string;
}

/** Days in London on which a region's feed was missing for an hour or more. */
export function gapDays(gaps: readonly Gap[]): Set<Day> {
  const days = new Set<Day>();
  for (const { from, to } of gaps) {
    const last = dayOf(Date.parse(to) - 1);
    for (let day = dayOf(Date.parse(from)); day <= last; day = addDays(day, 1)) days.add(day);
  }
  return days;
}

/** Stretches of an axis's places that are shaded, first and last. @param days that begin its places @param length of a place, in days */
export function shadedPlaces(days: readonly Day[], shaded: ReadonlySet<Day>, length = 1): [number, number][] {
  const places: [number, number][] = [];
  for (const [place, day] of days.entries()) {
    if (!Array.from({ length }, (_, i) => addDays(day, i)).some((one) => shaded.has(one))) continue;
    const last = places.at(-1);
    if (last && last[1] === place - 1) last[1] = place;
    else places.push([place, place]);
  }
  return places;
}
