import { z } from 'zod';
import type { Alert } from '../alert.ts';
import { readEui64, sameEui64 } from '../eui64.ts';
import { readPayload } from '../gbcs/payload.ts';
import type { RejectReason } from '../reject-reasons.ts';
import { readAlertCode } from '../text/alert-code.ts';
import { NOT_AN_INSTANT, readInstant } from '../text/instant.ts';
import { readRequestId } from '../text/request-id.ts';
import { decodeUtf8 } from '../text/utf8.ts';

/** Our normal form. What its strings must hold is for the readers; fields that it doesn't name are ignored. */
const normalForm = z.object({
  requestId: z.string(),
  deviceId: z.string(),
  alertCode: z.string(),
  raisedAt: z.string().nullable(),
  receivedAt: z.string(),
  target: z.string().optional(),
  throttledAlertCount: z.int().min(1).max(4_294_967_295).optional(),
  gbcsPayload: z.string().optional(),
});

const REASONS: Record<keyof z.infer<typeof normalForm>, RejectReason> = {
  requestId: 'invalid-request-id',
  deviceId: 'invalid-device-id',
  alertCode: 'invalid-alert-code',
  raisedAt: 'invalid-raised-at',
  receivedAt: 'invalid-received-at',
  target: 'invalid-target',
  throttledAlertCount: 'invalid-count',
  gbcsPayload: 'invalid-payload',
};

const target = { hi: 0, lo: 0 };

/** The full reader of JSON: whatever the fast path doesn't recognise, and every rejection with its reason. */
export function readJson(value: Uint8Array, into: Alert): RejectReason | null {
  const text = decodeUtf8(value);
  if (text === null) return 'invalid-utf8';
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return 'json-syntax';
  }
  const parsed = normalForm.safeParse(json);
  if (!parsed.success) return REASONS[parsed.error.issues[0]!.path[0] as keyof typeof REASONS];
  return fill(parsed.data, into);
}

function fill(message: z.infer<typeof normalForm>, into: Alert): RejectReason | null {
  into.encoding = 'json';
  into.messageCode = 0;
  into.firmware = -1;
  into.count = message.throttledAlertCount ?? 1;
  const requestId = Buffer.from(message.requestId);
  if (!readRequestId(requestId, 0, requestId.length, into)) return 'invalid-request-id';
  const deviceId = Buffer.from(message.deviceId);
  if (!readEui64(deviceId, 0, deviceId.length, into.device)) return 'invalid-device-id';
  const code = Buffer.from(message.alertCode);
  const alertCode = readAlertCode(code, 0, code.length);
  if (alertCode === null) return 'invalid-alert-code';
  into.alertCode = alertCode;
  into.raisedAt = message.raisedAt === null ? Number.NaN : instant(message.raisedAt);
  if (into.raisedAt === NOT_AN_INSTANT) return 'invalid-raised-at';
  into.receivedAt = instant(message.receivedAt);
  if (!Number.isFinite(into.receivedAt)) return 'invalid-received-at';
  if (message.target !== undefined) {
    const bytes = Buffer.from(message.target);
    if (!readEui64(bytes, 0, bytes.length, target)) return 'invalid-target';
    if (!sameEui64(target, into.target)) return 'target-mismatch';
  }
  if (message.gbcsPayload === undefined) return null;
  return readPayload(message.gbcsPayload, into);
}

function instant(text: string): number {
  const bytes = Buffer.from(text);
  return readInstant(bytes, 0, bytes.length);
}
