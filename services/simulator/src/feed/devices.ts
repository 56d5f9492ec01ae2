import type { Eui64 } from '@tocsin/domain';
import { formatEui64 } from '@tocsin/domain';
import { DEVICE_KINDS, type DeviceKind, type Role } from './profile.ts';
import { scramble } from './random.ts';

const DEVICE_OUI = 0x00db1234;
const PARTY_OUI = 0x90b3d51f;
const SUPPLIERS = 14;
const OPERATORS = 18;
const REGIONS = 3;

/** A population of homes with four devices each; all of it follows from the seed. */
export interface Devices {
  readonly homes: number;
  indexOf(home: number, kind: DeviceKind): number;
  identify(index: number, into: Eui64): void;
  party(home: number, role: Role, into: Eui64): void;
  /** The key of the device's messages: its id with dashes. */
  key(index: number): Buffer;
  /** The number of the device's next message: 1, 2, … */
  sequence(index: number): number;
}

export function createDevices(count: number, seed: number): Devices {
  const homes = Math.max(1, Math.floor(count / DEVICE_KINDS.length));
  const sent = new Float64Array(homes * DEVICE_KINDS.length);
  const keys: (Buffer | undefined)[] = new Array(sent.length);
  const offset = scramble(seed);
  const id = { hi: 0, lo: 0 };

  function identify(index: number, into: Eui64): void {
    into.hi = DEVICE_OUI;
    into.lo = scramble((index + offset) >>> 0);
  }

  return {
    homes,
    indexOf: (home, kind) => home * DEVICE_KINDS.length + DEVICE_KINDS.indexOf(kind),
    identify,
    party(home, role, into) {
      const number = scramble(home ^ offset);
      into.hi = PARTY_OUI;
      if (role === 'supplier') into.lo = 0x30_01_00_00 + (number % SUPPLIERS) * 0x10000;
      else if (role === 'operator') into.lo = 0x40_01_00_00 + (number % OPERATORS) * 0x10000;
      else into.lo = 0x50_01_00_00 + (number % REGIONS) * 0x10000;
    },
    key(index) {
      identify(index, id);
      keys[index] ??= Buffer.from(formatEui64(id));
      return keys[index];
    },
    sequence(index) {
      const next = sent[index]! + 1;
      sent[index] = next;
      return next;
    },
  };
}
