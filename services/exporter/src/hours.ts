const HOUR_MS = 3_600_000;

export const startOfHour = (ms: number): number => Math.floor(ms / HOUR_MS) * HOUR_MS;

export const hoursBefore = (ms: number, hours: number): number => ms - hours * HOUR_MS;

/** `YYYY-MM-DD hh:mm:ss`, with thousandths where there are any. */
export const utc = (ms: number): string =>
  new Date(ms)
    .toISOString()
    .replace('T', ' ')
    .replace(/(\.000)?Z$/, '');
