import type { DeviceAttributes } from '../device.ts';
import { isNewer } from './firmware-version.ts';
import { type FirmwareLever, stateAt } from './lever.ts';
import type { PartyIndex } from './party-index.ts';

/** What firmware can do about an alert, the best first. `han-unstable`: released, but the device can't take it. */
export const REMEDIES = ['released', 'han-unstable', 'pilot', 'on-hold', 'none'] as const;
export type Remedy = (typeof REMEDIES)[number];

export interface Cure {
  readonly remedy: Remedy;
  /** Why it is on hold, else empty. */
  readonly remedyReason: string;
  /** Who brings the firmware to the device; empty where there is none. */
  readonly actingParty: string;
}

const NO_CURE: Cure = { remedy: 'none', remedyReason: '', actingParty: '' };

/** The best that any of these levers, which name the alert's code, can do at an instant; of equals the first. */
export function findRemedy(
  levers: readonly FirmwareLever[],
  device: DeviceAttributes,
  parties: PartyIndex,
  at: number,
): Cure {
  let best = NO_CURE;
  for (const lever of levers) {
    if (!helps(lever, device)) continue;
    const now = stateAt(lever.states, at);
    if (!now || now.state === 'withdrawn') continue;
    const remedy = now.state === 'released' && device.hanState === 'unstable' ? 'han-unstable' : now.state;
    if (REMEDIES.indexOf(remedy) >= REMEDIES.indexOf(best.remedy)) continue;
    best = {
      remedy,
      remedyReason: remedy === 'on-hold' ? now.reason : '',
      actingParty: actingParty(lever, device, parties, at),
    };
  }
  return best;
}

function helps({ manufacturer, model, regions, version }: FirmwareLever, device: DeviceAttributes): boolean {
  return (
    device.manufacturer === manufacturer &&
    device.model === model &&
    (regions.length === 0 || regions.some((region) => region === device.region)) &&
    isNewer(version, device.firmware)
  );
}

function actingParty(
  lever: FirmwareLever,
  device: DeviceAttributes,
  parties: PartyIndex,
  at: number,
): string {
  if (lever.actingParty === 'csp') return parties.csp(device.region, at);
  return device.kind === 'GSME' ? device.gasSupplier : device.supplier;
}
