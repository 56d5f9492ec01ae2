import type { Told } from './told.ts';

type Driver = Told['spikes'][number]['drivers'][number];

/** Of one value of a dimension in a spike: alerts, what was usual there, and how many of the alerts can be stopped now. */
export interface Part {
  readonly dimension: (typeof DIMENSIONS)[number];
  readonly value: string;
  readonly alerts: number;
  readonly usual: number;
  readonly stoppable: number;
}

const SHOWN = 5;
/** Those who could act before what it is about, where they explain as much. */
export const DIMENSIONS = ['party-kind', 'party', 'model', 'firmware'] as const;

/**
 * What explains an increase: of each dimension the greatest five. A share is of the increase as a whole, so that where something
 * fell meanwhile shares add up to more than 1. They are in order of how far their share of the increase is beyond that of
 * the usual: who has all of what is usual as well, such as the only kind of party that a code goes to, explains nothing.
 */
export function driversOf(parts: readonly Part[]): Driver[] {
  return DIMENSIONS.flatMap((dimension) => {
    const own = parts.filter((part) => part.dimension === dimension);
    const sum = (of: (part: Part) => number) => own.reduce((total, part) => total + of(part), 0);
    const [usually, increase] = [sum(({ usual }) => usual), sum(({ alerts, usual }) => alerts - usual)];
    return own
      .map(({ value, alerts, usual, stoppable }) => ({
        ...{ dimension, value, above: alerts - usual, share: (alerts - usual) / increase },
        stoppable: alerts === 0 ? 0 : stoppable / alerts,
        beyond: (alerts - usual) / increase - (usually === 0 ? 0 : usual / usually),
      }))
      .filter(({ above }) => above > 0 && increase > 0)
      .sort((a, b) => b.beyond - a.beyond || (a.value < b.value ? -1 : 1))
      .slice(0, SHOWN);
  })
    .sort((a, b) => b.beyond - a.beyond)
    .map(({ beyond: _, ...driver }) => driver);
}
