import type { Eui64 } from '@tocsin/domain';
import { scramble } from '../feed/random.ts';
import { KINDS } from './schema-fields.ts';

const DEVICE_OUI = 0x00db1234;

/** The ids of a seed's devices: a bijection, so that no two are the same. */
export function deviceIds(seed: number): (home: number, kind: number, into: Eui64) => void {
  const offset = scramble(seed);
  return (home, kind, into) => {
    into.hi = DEVICE_OUI;
    into.lo = scramble((home * KINDS.length + kind + offset) >>> 0);
  };
}
