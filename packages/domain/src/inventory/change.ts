import type { Alert } from '../alert.ts';
import type { InventoryEvent } from './event.ts';

/**
 * What an event says of a device from its time on, flat as the device history keeps it: what is left out is unchanged,
 * the empty text is "none from now on".
 */
export interface DeviceChange {
  /** `firmware-read`: a device told which version it runs. */
  event: InventoryEvent['event'] | 'firmware-read';
  kind?: string;
  manufacturer?: string;
  model?: string;
  firmware?: string;
  smets?: string;
  cohort?: string;
  region?: string;
  /** 16 hex digits. */
  hub?: string;
  hubRelease?: string;
  supplier?: string;
  gasSupplier?: string;
  networkOperator?: string;
  hanState?: string;
  /** The network operator's. */
  credentials?: string;
  /** Of firmware events. */
  version?: string;
  phase?: string;
  reason?: string;
  /** Of alert behaviour. */
  code?: string;
  via?: string;
  /** Of alert behaviour, `on` or `off`, and of credentials. */
  setting?: string;
  /** Of credentials. */
  role?: string;
}

/** Why firmware failed: the device's home area network. */
const HAN_UNSTABLE = 'han-unstable';

/** Parties are null in an event where there is none. */
const named = <K extends string>(key: K, party: string | null | undefined): { [P in K]?: string } =>
  party === undefined ? {} : ({ [key]: party ?? '' } as { [P in K]?: string });

/**
 * What an event of the inventory changes: a party that it says is none becomes the empty text, and firmware that failed for
 * the HAN makes that unstable.
 */
export function changeOf(event: InventoryEvent): DeviceChange {
  switch (event.event) {
    case 'installed': {
      const { v, eventId, deviceId, effectiveAt, supplier, gasSupplier, networkOperator, ...attributes } =
        event;
      return {
        ...attributes,
        ...named('supplier', supplier),
        ...named('gasSupplier', gasSupplier),
        ...named('networkOperator', networkOperator),
      };
    }
    case 'joined':
      return { event: event.event, hub: event.hub };
    case 'firmware-downloaded':
      return { event: event.event, version: event.version };
    case 'firmware-activated':
      return { event: event.event, version: event.version, firmware: event.version };
    case 'firmware-failed': {
      const { version, phase, reason } = event;
      // Until a han-state says otherwise: firmware that is released then is none that this device can take.
      const unstable = reason === HAN_UNSTABLE && { hanState: 'unstable' };
      return { event: event.event, version, phase, reason, ...unstable };
    }
    case 'supplier-changed':
      return {
        event: event.event,
        ...named('supplier', event.supplier),
        ...named('gasSupplier', event.gasSupplier),
      };
    case 'network-operator-changed':
      return { event: event.event, ...named('networkOperator', event.networkOperator) };
    case 'credentials': {
      const { role, credentials: setting } = event;
      return {
        event: event.event,
        role,
        setting,
        ...(role === 'network-operator' && { credentials: setting }),
      };
    }
    case 'han-state':
      return { event: event.event, hanState: event.hanState };
    case 'alert-behaviour':
      return { event: event.event, code: event.code, setting: event.setting, via: event.via };
    case 'commissioned':
    case 'decommissioned':
      return { event: event.event };
  }
}

/** Message code of the alert that a future-dated activation of firmware (use case CS06) leaves. Source: GBCS, 16.2. */
const FUTURE_DATED_ACTIVATION = 0xca;

/**
 * What an alert tells of its device's firmware, null for all others: receipt of an image (8F72, or failed 8F1B and
 * 8F1C), the outcome of a future-dated activation (8F66, or failed 8F67), and the version that runs (8F8B). None says
 * which firmware holds from then on: the inventory does, and where the device differs that is a conflict to count.
 */
export function firmwareChange({ alertCode, messageCode, firmware }: Alert): DeviceChange | null {
  switch (alertCode) {
    case '8F72':
      return { event: 'firmware-downloaded' };
    case '8F1B':
    case '8F1C':
      return { event: 'firmware-failed', phase: 'download', reason: alertCode };
    case '8F66':
      return messageCode === FUTURE_DATED_ACTIVATION ? { event: 'firmware-activated' } : null;
    case '8F67':
      return messageCode === FUTURE_DATED_ACTIVATION
        ? { event: 'firmware-failed', phase: 'activation', reason: alertCode }
        : null;
    case '8F8B':
      return firmware < 0 ? null : { event: 'firmware-read', version: dotted(firmware) };
    default:
      return null;
  }
}

/** A version's 4 bytes as the inventory writes versions: `1.11.2.0`. */
const dotted = (firmware: number): string =>
  [24, 16, 8, 0].map((bits) => (firmware >>> bits) & 0xff).join('.');
