/** The time for which alerts are in the store, and how far a device's clock may be ahead of the network's; ms. */
export interface Reach {
  readonly retention: number;
  readonly clockAhead: number;
}

const HOUR_MS = 3_600_000;
/** By then every processor has seen the change, and what it judged before is in the store. */
const TAKE_OVER_MS = 60_000;

/**
 * The command that has the alerts of before judged as those of now on are, where rules were changed for times past;
 * null where they were not.
 * @param since from when on the rules before and after differ, ms; null where they don't
 */
export function reattributionCommand(
  since: number | null,
  now: number,
  { retention, clockAhead }: Reach,
): string | null {
  if (since === null || since > now) return null;
  // An alert is judged as of the time that its device tells, which may be later than that of its receipt.
  const from = Math.max(since - clockAhead, now - retention);
  const day = (ms: number) => `${new Date(ms).toISOString().slice(0, 19)}Z`;
  return `tocsin reattribute --from ${day(Math.floor(from / HOUR_MS) * HOUR_MS)} --to ${day(now + TAKE_OVER_MS)}`;
}
