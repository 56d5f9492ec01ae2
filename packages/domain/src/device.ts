/**
 * Types of devices, by their names in GBCS: electricity and gas meter, load control switch, prepayment interface, and the
 * two that a communications hub is.
 */
export const DEVICE_KINDS = ['ESME', 'GSME', 'HCALCS', 'PPMID', 'CHF', 'GPF'] as const;
/** Of a device that is not known the kind is the empty text, which is none of these. */
export type DeviceKind = (typeof DEVICE_KINDS)[number];

/** Those of the communications service providers (CSPs). */
export const REGIONS = ['North', 'Central', 'South'] as const;
/** A device whose region is not known has the empty text, which is none of these. */
export type Region = (typeof REGIONS)[number];

/**
 * Whether a device can rely on its home area network: `unstable` once firmware failed for its sake, until the inventory says
 * otherwise. The minutes (item 5) have no definition.
 */
export const HAN_STATES = ['stable', 'unstable'] as const;
/** Where nothing was said the state is the empty text, which is none of these. */
export type HanState = (typeof HAN_STATES)[number];

/** Whether the device holds the right security credentials of a party in a role. */
export const CREDENTIALS = ['correct', 'wrong', 'missing'] as const;
/** Where nothing was said it is the empty text, which is none of these. */
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

/** What is known of a device of which the inventory has not told: nothing. */
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
