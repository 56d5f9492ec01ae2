import { readdirSync, readFileSync } from 'node:fs';
import { type Alert, createAlert } from '../alert.ts';

const FIXTURES = new URL('../../../../test/fixtures/', import.meta.url);

/** A plain alert in our normal form, as an object to change. */
export function sampleJson(): Record<string, unknown> {
  return {
    requestId: '00-DB-12-34-56-78-90-A0:90-B3-D5-1F-30-01-00-00:1000',
    deviceId: '00-DB-12-34-56-78-90-A0',
    alertCode: '8F3E',
    raisedAt: '2020-07-07T09:59:58.250Z',
    receivedAt: '2020-07-07T10:00:00.000Z',
  };
}

/** The same alert decoded. */
export function sampleAlert(changes: Partial<Alert> = {}): Alert {
  return {
    ...createAlert(),
    device: { hi: 0x00db1234, lo: 0x567890a0 },
    originator: { hi: 0x00db1234, lo: 0x567890a0 },
    target: { hi: 0x90b3d51f, lo: 0x30010000 },
    counterHi: 0,
    counterLo: 1000,
    alertCode: '8F3E',
    raisedAt: Date.UTC(2020, 6, 7, 9, 59, 58, 250),
    receivedAt: Date.UTC(2020, 6, 7, 10),
    ...changes,
  };
}

/** The published GBCS vectors by file name. */
export function gbcsVectors(): Map<string, Buffer> {
  const folder = new URL('vectors/', FIXTURES);
  const names = readdirSync(folder).filter((name) => name.endsWith('.HEX'));
  return new Map(names.map((name) => [name, Buffer.from(readFixture(`vectors/${name}`).trim(), 'hex')]));
}

/** A vector by the kind in its name, such as `CS14_NA_8F12`. */
export function gbcsVector(kind: string): Buffer {
  const [, bytes] = [...gbcsVectors()].find(([name]) => name.startsWith(kind)) ?? [];
  if (bytes === undefined) throw new Error(`no vector ${kind}`);
  return bytes;
}

export function duisFixtures(): Map<string, Buffer> {
  const names = readdirSync(new URL('duis/', FIXTURES)).filter((name) => name.endsWith('.xml'));
  return new Map(names.map((name) => [name, Buffer.from(readFixture(`duis/${name}`))]));
}

export function readFixture(path: string): string {
  return readFileSync(new URL(path, FIXTURES), 'utf8');
}
