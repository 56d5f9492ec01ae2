import type { Directory } from '@tocsin/directory';
import { type Alert, attributionTime, type ClockBounds, type Eui64, isClockSuspect } from '@tocsin/domain';

/** An alert's device as of the alert's time. Filled by each alert anew. */
export interface Attribution {
  /** The time as of which device, parties and levers are taken, ms. */
  at: number;
  clockSuspect: boolean;
  /** Number of the device's attributes in the directory, -1 where the device isn't known at that time. */
  profile: number;
  /** The communications hub on whose HAN it was, 0 for none. */
  hub: Eui64;
}

export function createAttribution(): Attribution {
  return { at: 0, clockSuspect: false, profile: -1, hub: { hi: 0, lo: 0 } };
}

export function attribute(
  alert: Pick<Alert, 'device' | 'raisedAt' | 'receivedAt'>,
  directory: Directory,
  clockBounds: ClockBounds,
  into: Attribution,
): void {
  into.at = attributionTime(alert, clockBounds);
  into.clockSuspect = isClockSuspect(alert, clockBounds);
  const interval = directory.find(alert.device, into.at);
  into.profile = interval < 0 ? -1 : directory.profile(interval);
  if (interval < 0) into.hub.hi = into.hub.lo = 0;
  else directory.hub(interval, into.hub);
}
