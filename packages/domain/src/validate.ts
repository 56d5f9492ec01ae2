import type { RejectReason } from './reject-reasons.ts';

/** Between which moments an alert may have been received. */
export interface TimeLimits {
  /** How far ahead of our clock the network's may be, ms. */
  futureTolerance: number;
  /** Alerts received before this moment, ms since the epoch, are too late: their day is sealed. */
  sealedBefore: number;
}

/**
 * Whether an alert's `receivedAt` can be taken.
 *
 * @param plannedAt the plan's time, not the clock's, so that a replay judges as the first try did
 */
export function validateReceivedAt(
  receivedAt: number,
  plannedAt: number,
  limits: TimeLimits,
): RejectReason | null {
  if (receivedAt > plannedAt + limits.futureTolerance) return 'received-in-future';
  if (receivedAt < limits.sealedBefore) return 'too-late';
  return null;
}
