/** How many messages fall due between the start and `elapsedMs`, at `rate` messages a second. */
export function dueBy(elapsedMs: number, rate: number): number {
  return Math.floor((elapsedMs * rate) / 1000) + 1;
}

/** Milliseconds from `elapsedMs` until the message after `produced` falls due; 0 if it has. */
export function untilNext(elapsedMs: number, rate: number, produced: number): number {
  return Math.max(0, (produced * 1000) / rate - elapsedMs);
}
