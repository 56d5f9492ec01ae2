import type { Alert } from '../alert.ts';
import type { RejectReason } from '../reject-reasons.ts';

export function readPayload(_base64: string, _into: Alert): RejectReason | null {
  return 'invalid-payload';
}
