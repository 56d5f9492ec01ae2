import { describe, expect, it } from 'vitest';
import { createAlert } from '../alert.ts';
import { decode } from '../decode.ts';
import { describe as describeAlert } from '../describe.ts';
import { formatEui64 } from '../eui64.ts';
import { gbcsVectors, readFixture } from '../testing/samples.ts';

const TAKEN_AT = Date.UTC(2020, 6, 7);

const [header, ...rows] = readFixture('vectors/expected.csv').trim().split('\n');
const vectors = gbcsVectors();

describe('the published vectors', () => {
  it('are all in the table made by hand', () => {
    expect(header).toBe('file,device,target,counter,message_code,alert_code,raised_at');
    expect(rows.map((row) => row.split(',')[0]).sort()).toEqual([...vectors.keys()].sort());
  });

  it.each(rows.map((row) => row.split(',')))(
    '%s',
    (file, device, target, counter, message, code, raisedAt) => {
      const alert = createAlert();
      expect(decode(vectors.get(file!)!, TAKEN_AT, alert)).toBeNull();
      expect(describeAlert(alert)).toEqual({
        requestId: `${device}:${target}:${counter}`,
        deviceId: device,
        target,
        alertCode: code,
        name: expect.any(String),
        raisedAt: new Date(raisedAt!).toISOString(),
        counter,
        messageCode: message,
        encoding: 'gbcs',
      });
      expect(formatEui64(alert.originator)).toBe(device);
      expect(alert.receivedAt).toBe(TAKEN_AT);
      expect(alert.count).toBe(1);
    },
  );
});
