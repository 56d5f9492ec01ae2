/** `12,346` */
export const amount = (value: number): string => Math.round(value).toLocaleString('en-GB');

/** `4.59%`, of a share of 1. */
export const percent = (share: number): string => `${Number((100 * share).toPrecision(3))}%`;

/** `1.2M`, where there is little room. */
export const short = (value: number): string =>
  value.toLocaleString('en-GB', { notation: 'compact', maximumFractionDigits: 1 });

/** `−0.123`, of alerts per device and day. */
export const signed = (value: number): string =>
  `${value < 0 ? '−' : '+'}${Number(Math.abs(value).toPrecision(3)).toLocaleString('en-GB')}`;
