import { createHash } from 'node:crypto';
import {
  createAlert,
  decode,
  formatEui64,
  meaningOf,
  parseEui64,
  type RejectReason,
  type TimeLimits,
  validateReceivedAt,
} from '@tocsin/domain';
import type { InstantReader } from './instant.ts';
import { createOccurrences } from './occurrences.ts';
import { type Fault, given, type Read, type RowReader } from './row.ts';

const FIELDS = [
  'requestId',
  'deviceId',
  'alertCode',
  'raisedAt',
  'receivedAt',
  'target',
  'throttledAlertCount',
  'gbcsPayload',
] as const;
type Field = (typeof FIELDS)[number];

const REQUIRED = ['deviceId', 'alertCode', 'receivedAt'] as const;

const NOBODY = '00-00-00-00-00-00-00-00';

const COUNT = 'a whole number, 1 to 4294967295';

/** By the reason for which the processor would reject: the field to blame and what it should have said. */
const EXPECTED: Partial<Record<RejectReason, readonly [Field, string]>> = {
  'invalid-request-id': ['requestId', 'originator:target:counter'],
  'invalid-alert-code': ['alertCode', 'four hex digits, or a DCC alert code such as AD1'],
  'invalid-received-at': ['receivedAt', 'a time in 1900 to 2299'],
  'invalid-count': ['throttledAlertCount', COUNT],
  'target-mismatch': ['target', 'the target that the requestId names'],
  'received-in-future': ['receivedAt', 'a time that has been'],
  'too-late': ['receivedAt', 'a time within retention (RETENTION_DAYS)'],
  'invalid-payload': ['gbcsPayload', 'base64'],
};

export interface AlertRowOptions {
  readonly readInstant: InstantReader;
  /** As the processor has them. */
  readonly limits: TimeLimits;
  readonly now: () => number;
}

/**
 * Rows as alerts in the normal form, each decoded as the processor will before it is taken. A row without a requestId
 * gets one whose counter is made of what the row says, and of how many rows said the same before it.
 */
export function alertRows({ readInstant, limits, now }: AlertRowOptions): RowReader {
  const alert = createAlert();
  const occurrence = createOccurrences();

  function read(values: Readonly<Partial<Record<Field, string>>>): Read {
    const faults: Fault[] = [];
    const fault = (field: Field, expected: string) =>
      faults.push({ field, value: values[field] ?? '', expected });
    const said: Partial<Record<Field, string>> = given(values as Record<Field, string>);
    for (const field of ['deviceId', 'target'] as const) {
      const eui64 = parseEui64(said[field] ?? NOBODY);
      if (eui64 === null) fault(field, 'an EUI-64 such as 00-DB-12-34-56-78-90-A0');
      else if (said[field] !== undefined) said[field] = formatEui64(eui64);
    }
    for (const field of ['raisedAt', 'receivedAt'] as const) {
      const instant = said[field] === undefined ? null : readInstant(said[field]);
      if (instant === null) continue;
      if ('iso' in instant) said[field] = instant.iso;
      else fault(field, instant.expected);
    }
    for (const field of REQUIRED)
      if (said[field] === undefined) fault(field, 'a value: every alert needs one');
    if (said.throttledAlertCount !== undefined && !/^\d{1,10}$/.test(said.throttledAlertCount))
      fault('throttledAlertCount', COUNT);
    if (faults.length > 0) return { faults };

    said.alertCode = said.alertCode?.toUpperCase();
    said.requestId ??= requestIdOf(said, occurrence);
    const { throttledAlertCount: count, raisedAt = null, ...rest } = said;
    const message = { ...rest, raisedAt, ...(count && { throttledAlertCount: Number(count) }) };
    const value = Buffer.from(JSON.stringify(message));
    const at = now();
    const reason = decode(value, at, alert) ?? validateReceivedAt(alert.receivedAt, at, limits);
    if (reason === null) return { key: formatEui64(alert.device), value };
    const [field, expected] = EXPECTED[reason] ?? ['gbcsPayload', meaningOf(reason)];
    return { faults: [{ field, value: values[field] ?? '', expected }] };
  }

  return { fields: FIELDS, required: REQUIRED, read };
}

/** `device:target:counter`; the counter has 64 bits of a hash of what is said. */
function requestIdOf(
  said: Readonly<Partial<Record<Field, string>>>,
  occurrence: (row: string) => number,
): string {
  const row = JSON.stringify(FIELDS.map((field) => said[field] ?? null));
  const digest = createHash('sha256').update(row);
  const counter = digest
    .update(String(occurrence(row)))
    .digest()
    .readBigUInt64BE();
  return `${said.deviceId}:${said.target ?? NOBODY}:${counter}`;
}
