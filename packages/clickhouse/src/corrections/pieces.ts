/** Rows of an hour (its beginning in seconds since the epoch). */
export interface HourRows {
  readonly hour: number;
  readonly rows: number;
}

/** Hours from `from` on and before `to`, in seconds since the epoch: of their rows the share `share` of `shares`. */
export interface Piece {
  readonly from: number;
  readonly to: number;
  readonly share: number;
  readonly shares: number;
}

const HOUR = 3600;

/**
 * Hours one after another, as many as have no more rows together than are read at once; one that has more alone is read
 * in shares. Each hour is read as often as it has to be, however long the whole range is.
 * @param hours in order
 */
export function piecesOf(hours: readonly HourRows[], most: number): Piece[] {
  const pieces: { from: number; to: number; rows: number }[] = [];
  for (const { hour, rows } of hours) {
    const last = pieces.at(-1);
    if (last && last.rows + rows <= most) Object.assign(last, { to: hour + HOUR, rows: last.rows + rows });
    else pieces.push({ from: hour, to: hour + HOUR, rows });
  }
  return pieces.flatMap(({ from, to, rows }) => {
    const shares = Math.ceil(rows / most);
    return Array.from({ length: shares }, (_, share) => ({ from, to, share, shares }));
  });
}
