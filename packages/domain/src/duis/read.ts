import type { Alert } from '../alert.ts';
import type { RejectReason } from '../reject-reasons.ts';

export function readDuis(_value: Uint8Array, _into: Alert): RejectReason | null {
  return 'unknown-encoding';
}
