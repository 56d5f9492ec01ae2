/** Rows of an hour (its beginning in seconds since the epoch). */
export interface HourRows {
  readonly hour: number;
  readonly rows: number;
}

/** Hours from `from` on and before `to`, in seconds since the epoch, and the rows of them all. */
export interface HourSpan {
  readonly from: number;
  readonly to: number;
  readonly rows: number;
}

/** Of the rows of hours the share `share` of `shares`. */
export interface Piece extends Omit<HourSpan, 'rows'> {
  readonly share: number;
  readonly shares: number;
}

const HOUR = 3600;

/**
 * Hours one after another, as many as have no more rows together than are wanted at once.
 * @param hours in order
 */
export function spansOf(hours: readonly HourRows[], most: number): HourSpan[] {
  const spans: HourSpan[] = [];
  for (const { hour, rows } of hours) {
    const last = spans.at(-1);
    const to = hour + HOUR;
    if (last && last.rows + rows <= most) spans[spans.length - 1] = { ...last, to, rows: last.rows + rows };
    else spans.push({ from: hour, to, rows });
  }
  return spans;
}

/**
 * Spans of hours, but an hour that has more rows alone than are read at once is read in shares. Each hour is read as
 * often as it has to be, however long the whole range is.
 */
export function piecesOf(hours: readonly HourRows[], most: number): Piece[] {
  return spansOf(hours, most).flatMap(({ from, to, rows }) => {
    const shares = Math.ceil(rows / most);
    return Array.from({ length: shares }, (_, share) => ({ from, to, share, shares }));
  });
}
