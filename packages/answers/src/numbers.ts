/** `4.59%`, of a share of 1. */
export const percent = (share: number): string => `${Number((100 * share).toPrecision(3))}%`;

/** `12,346`, as people are shown counts and alerts a day. */
export const amount = (value: number): string => Math.round(value).toLocaleString('en-GB');

/** `1 device`, `2,346 devices`. @param what in the singular, whose plural ends in s */
export const counted = (count: number, what: string): string =>
  `${amount(count)} ${what}${count === 1 ? '' : 's'}`;
