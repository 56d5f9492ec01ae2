/** `12,346` */
export const amount = (value: number): string => Math.round(value).toLocaleString('en-GB');

/** `4.59%`, of a share of 1. */
export const percent = (share: number): string => `${Number((100 * share).toPrecision(3))}%`;

/** Above this times are read more easily than per cent. */
const TIMES = 10;

/** `4.59% fewer than`, `12% more than`, `91 times as many as`: a change as a share of what it is against. */
export function changed(share: number): string {
  if (share > TIMES) return `${amount(share + 1)} times as many as`;
  return `${percent(Math.abs(share))} ${share < 0 ? 'fewer' : 'more'} than`;
}

/** `1.2M`, where there is little room. */
export const short = (value: number): string =>
  value.toLocaleString('en-GB', { notation: 'compact', maximumFractionDigits: 1 });

/** `−0.123`, of alerts per device and day. */
export const signed = (value: number): string =>
  `${value < 0 ? '−' : '+'}${Number(Math.abs(value).toPrecision(3)).toLocaleString('en-GB')}`;
