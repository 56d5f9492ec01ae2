import { readFileSync } from 'node:fs';
import { Directory } from '@tocsin/directory';
import type { KafkaMessage } from '@tocsin/kafka';
import { loadRegistry, shippedRegistry } from '@tocsin/registry';
import { expect, test } from 'vitest';
import { blockPreparer } from './prepare-block.ts';
import { Meanings } from './steps/classify.ts';

const PLACE = { stream: 'cluster/alerts/1', partition: 2 };
const NOON = Date.UTC(2020, 6, 7, 12);
const VERSION_READ = new URL('../../../test/fixtures/vectors/CS09_NA_8F8B_ALERT_GBCS.HEX', import.meta.url);

const directory = new Directory();
const rules = loadRegistry(shippedRegistry(), { shiftWeeks: 0 }).rules();
const options = {
  knowledge: {
    directory,
    meanings: new Meanings(directory, rules),
    clockBounds: { behind: 7 * 86_400_000, ahead: 3_600_000 },
  },
  futureToleranceMs: 60_000,
  retentionMs: 2 * 86_400_000,
  duplicateWindow: 100,
  sealed: { before: () => 0, follow: async () => 0 },
  acceptedIds: async function* () {},
};

function json(counter: number, alertCode: string): Buffer {
  return Buffer.from(
    JSON.stringify({
      requestId: `00-DB-12-34-56-78-90-A0:90-B3-D5-1F-30-01-00-00:${counter}`,
      deviceId: '00-DB-12-34-56-78-90-A0',
      alertCode,
      raisedAt: '2020-07-07T11:00:00Z',
      receivedAt: '2020-07-07T11:59:00Z',
    }),
  );
}

test('what alerts tell of firmware stands in the device history, beside their rows', async () => {
  const values = [
    json(1, '8F72'),
    json(2, '8F3E'),
    json(3, '8F1B'),
    json(3, '8F1B'),
    json(4, '8F66'),
    Buffer.from(readFileSync(VERSION_READ, 'utf8').trim(), 'hex'),
  ];
  const records = values.map(
    (value, offset) =>
      ({ offset: String(offset), timestamp: String(NOON), key: null, value, attributes: 0 }) as KafkaMessage,
  );
  const preparer = blockPreparer(PLACE, options);
  const by = { plannedAt: NOON, rules: preparer.rules };
  const { plan, slices } = await preparer.prepare(PLACE, { first: 0, last: 5 }, records, by);
  expect(plan.tally).toEqual({ records: 6, accepted: 5, rejected: 0, duplicates: 1 });
  expect(slices.map(({ part, rows }) => [part, rows])).toEqual([
    ['2020-07-07', 5],
    ['device_history', 3],
  ]);
  const told = Buffer.from(slices[1]!.body).toString().trimEnd().split('\n');
  const [first, failed, read] = told.map((row) => row.split('\t'));
  // The device's own time where its clock can be believed; the version read long after 2015 is not its time.
  expect(first!.slice(0, 10)).toEqual([
    ...['cluster/alerts/1', '2', '0', '2020-07-07 12:00:00.000', '2020-07-07 11:59:00.000'],
    ...['2020-07-07 11:00:00.000', '00DB1234567890A0', 'device', 'firmware-downloaded', ''],
  ]);
  expect([failed![2], failed![8], failed![25], failed![26]]).toEqual([
    '2',
    'firmware-failed',
    'download',
    '8F1B',
  ]);
  expect([read![2], read![5], read![8], read![24]]).toEqual([
    '5',
    '2020-07-07 12:00:00.000',
    'firmware-read',
    '18.52.171.205',
  ]);
});
