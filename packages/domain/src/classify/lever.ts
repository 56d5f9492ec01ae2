import type { DeviceKind, Region } from '../device.ts';
import type { Role } from './party.ts';

export const SERVICE_REQUEST_STATES = ['available', 'unavailable'] as const;
type ServiceRequestState = (typeof SERVICE_REQUEST_STATES)[number];

export const FIRMWARE_STATES = ['pilot', 'on-hold', 'released', 'withdrawn'] as const;
type FirmwareState = (typeof FIRMWARE_STATES)[number];

/** What holds from an instant (ms) on, until the next. */
export interface LeverState<State> {
  readonly from: number;
  readonly state: State;
  /** Why; for a firmware on hold it goes with every alert, such as `deafness`. Empty where none is given. */
  readonly reason: string;
}

/** A service request by which a party switches an alert off on a device: 6.22. */
export interface ServiceRequestLever {
  readonly kind: 'service-request';
  readonly id: string;
  readonly deviceKinds: readonly DeviceKind[];
  /** Who may send it. */
  readonly roles: readonly Role[];
  /** In order of time; before the first it is not available. */
  readonly states: readonly LeverState<ServiceRequestState>[];
}

/** A firmware that ends alerts of some codes on the devices of a model. */
export interface FirmwareLever {
  readonly kind: 'firmware';
  readonly id: string;
  readonly codes: readonly string[];
  readonly manufacturer: string;
  readonly model: string;
  /** Dotted numbers. Devices with an older version are those that it helps. */
  readonly version: string;
  /** Empty where it is for all. */
  readonly regions: readonly Region[];
  /** Who brings it to the device: the meter's supplier or the hub's CSP. */
  readonly actingParty: 'supplier' | 'csp';
  /** In order of time; before the first the firmware is of no use yet. */
  readonly states: readonly LeverState<FirmwareState>[];
}

export type Lever = ServiceRequestLever | FirmwareLever;

/** The state that holds at an instant, undefined before the first. */
export function stateAt<State>(
  states: readonly LeverState<State>[],
  at: number,
): LeverState<State> | undefined {
  return states.findLast(({ from }) => from <= at);
}
