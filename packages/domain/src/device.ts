export const DEVICE_KINDS = ['ESME', 'GSME', 'HCALCS', 'PPMID', 'CHF', 'GPF'] as const;
export type DeviceKind = (typeof DEVICE_KINDS)[number];

export const REGIONS = ['North', 'Central', 'South'] as const;
export type Region = (typeof REGIONS)[number];

export const HAN_STATES = ['stable', 'unstable'] as const;
export type HanState = (typeof HAN_STATES)[number];

/** Whether the device holds the right security credentials of a party in a role. */
export const CREDENTIALS = ['correct', 'wrong', 'missing'] as const;
export type Credentials = (typeof CREDENTIALS)[number];

/**
 * What is known of a device at one moment. Everywhere the empty text stands for "not known" or "none", as it does
 * in the store. Parties are ids of the registry of parties.
 */
export interface DeviceAttributes {
  kind: DeviceKind | '';
  manufacturer: string;
  model: string;
  /** Version of the firmware that runs, as dotted numbers. */
  firmware: string;
  /** `SMETS1` or `SMETS2`. */
  smets: string;
  /** Migration cohort of a SMETS1 device. */
  cohort: string;
  region: Region | '';
  /** Release of the communications hub: `1` or `2`. */
  hubRelease: string;
  /** Import supplier. */
  supplier: string;
  gasSupplier: string;
  /** Electricity distributor of an ESME, gas transporter of a GSME. */
  networkOperator: string;
  hanState: HanState | '';
  /** Whether the network operator's credentials on the device are right. */
  credentials: Credentials | '';
  /** Alert codes that are switched off on the device, in ascending order. */
  suppressed: readonly string[];
}

export const UNKNOWN_DEVICE: Readonly<DeviceAttributes> = {
  kind: '',
  manufacturer: '',
  model: '',
  firmware: '',
  smets: '',
  cohort: '',
  region: '',
  hubRelease: '',
  supplier: '',
  gasSupplier: '',
  networkOperator: '',
  hanState: '',
  credentials: '',
  suppressed: [],
};
