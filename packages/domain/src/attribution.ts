import type { Alert } from './alert.ts';

/**
 * How far a device's clock may be from the network's and still be believed, ms. An alert can't be raised after it was
 * received, but it can be delivered long after it was raised.
 */
export interface ClockBounds {
  /** `raisedAt` before `receivedAt`. */
  readonly behind: number;
  /** `raisedAt` after `receivedAt`. */
  readonly ahead: number;
}

/** ms since the epoch; `raisedAt` NaN where the device gave none. */
export type AlertTimes = Pick<Alert, 'raisedAt' | 'receivedAt'>;

/** Whether the device gave a time that can't be believed. */
export function isClockSuspect(
  { raisedAt, receivedAt }: AlertTimes,
  { behind, ahead }: ClockBounds,
): boolean {
  return receivedAt - raisedAt > behind || raisedAt - receivedAt > ahead;
}

/** The time as of which an alert's device, parties and levers are taken: the device's own word where it can be believed. */
export function attributionTime(alert: AlertTimes, bounds: ClockBounds): number {
  const believed = !Number.isNaN(alert.raisedAt) && !isClockSuspect(alert, bounds);
  return believed ? alert.raisedAt : alert.receivedAt;
}
