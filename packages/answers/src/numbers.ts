/** `4.59%`, of a share of 1. */
export const percent = (share: number): string => `${Number((100 * share).toPrecision(3))}%`;

/** `12,346`, as people are shown counts and alerts a day. */
export const amount = (value: number): string => Math.round(value).toLocaleString('en-GB');
