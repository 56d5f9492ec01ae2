import { addDays, type Day, dayOf } from '@tocsin/domain';

interface Gap {
  readonly region: string;
  readonly from: string;
  readonly to: string;
}

/** Days in London on which the feed of one of the regions was missing for an hour or more. @param regions none: any */
export function gapDays(gaps: readonly Gap[], regions: readonly string[] = []): Set<Day> {
  const days = new Set<Day>();
  for (const { region, from, to } of gaps) {
    if (regions.length > 0 && !regions.includes(region)) continue;
    const last = dayOf(Date.parse(to) - 1);
    for (let day = dayOf(Date.parse(from)); day <= last; day = addDays(day, 1)) days.add(day);
  }
  return days;
}

/** Stretches of places that are shaded, first and last. @param days of the axis, one after another */
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
