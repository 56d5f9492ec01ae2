const REMEMBERED = 500_000;

/**
 * Tells rows apart that say the same: the first, the second … of its kind. The last half million different rows are
 * remembered, and up to as many before them, so that memory is bounded; the same file always gives the same answers.
 */
export function createOccurrences(remembered = REMEMBERED): (row: string) => number {
  let recent = new Map<string, number>();
  let before: ReadonlyMap<string, number> = new Map();
  return (row) => {
    const times = (recent.get(row) ?? before.get(row) ?? 0) + 1;
    if (recent.size >= remembered && !recent.has(row)) {
      before = recent;
      recent = new Map();
    }
    recent.set(row, times);
    return times;
  };
}
