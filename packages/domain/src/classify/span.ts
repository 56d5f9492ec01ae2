/** A time that includes its beginning and not its end, ms since the epoch; infinite where it has none. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export const ALWAYS: Span = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };

export function within({ from, to }: Span, at: number): boolean {
  return from <= at && at < to;
}
