import { Directory } from '@tocsin/directory';
import type { KafkaMessage } from '@tocsin/kafka';
import { loadRegistry, shippedRegistry } from '@tocsin/registry';
import { expect, test } from 'vitest';
import { blockPreparer } from './prepare-block.ts';
import { Meanings } from './steps/classify.ts';

const PLACE = { stream: 'cluster/alerts/1', partition: 2 };
const DAY_MS = 86_400_000;
const NOON = Date.UTC(2020, 6, 7, 12);

const rules = loadRegistry(shippedRegistry(), { shiftWeeks: 0 }).rules();

function knowing(directory = new Directory()) {
  const clockBounds = { behind: 7 * DAY_MS, ahead: 3_600_000 };
  return { directory, meanings: new Meanings(directory, rules), clockBounds };
}

/** As if so much were sealed. */
function sealed(before: number) {
  return { before: () => before, follow: async () => before };
}

const options = {
  knowledge: knowing(),
  futureToleranceMs: 60_000,
  retentionMs: 2 * DAY_MS,
  duplicateWindow: 100,
  sealed: sealed(0),
  takeOver: async () => {},
  acceptedIds: async function* () {},
};

function json(counter: number, receivedAt: string, alertCode = '8F3E'): string {
  return JSON.stringify({
    requestId: `00-DB-12-34-56-78-90-A0:90-B3-D5-1F-30-01-00-00:${counter}`,
    deviceId: '00-DB-12-34-56-78-90-A0',
    alertCode,
    raisedAt: '2020-07-07T11:00:00Z',
    receivedAt,
  });
}

function record(offset: number, value: string | null): KafkaMessage {
  const bytes = value === null ? null : Buffer.from(value);
  return {
    offset: String(offset),
    timestamp: String(NOON),
    key: null,
    value: bytes,
    attributes: 0,
  } as KafkaMessage;
}

const records = [
  record(10, json(1, '2020-07-07T11:59:59Z')),
  record(11, json(2, '2020-07-06T23:00:00Z')),
  record(12, json(1, '2020-07-07T11:59:59Z')),
  record(13, '{"not": "an alert"}'),
  record(14, json(3, '2020-07-07T12:05:00Z')),
  record(15, json(4, '2020-07-01T00:00:00Z')),
  record(16, null),
  record(18, json(5, '2020-07-07T11:00:00Z')),
];

/** New blocks are planned by the rules as they are. */
const at = (plannedAt: number) => ({ plannedAt, rules: blockPreparer(PLACE, options).rules });
const prepare = () =>
  blockPreparer(PLACE, options).prepare(PLACE, { first: 10, last: 18 }, records, at(NOON));

test('a block: rows by day, hours, dead letters and duplicates', async () => {
  const { plan, slices, hours, rejects, volumes } = await prepare();
  expect(plan.tally).toEqual({ records: 8, accepted: 3, rejected: 4, duplicates: 1 });
  expect(slices.map(({ part, rows }) => [part, rows])).toEqual([
    ['2020-07-06', 1],
    ['2020-07-07', 2],
  ]);
  expect(hours).toEqual([
    { hour: Date.UTC(2020, 6, 6, 23) / 1000, accepted: 1 },
    { hour: Date.UTC(2020, 6, 7, 11) / 1000, accepted: 2 },
  ]);
  expect(rejects.map(({ offset, reason }) => [offset, reason])).toEqual([
    [13, 'invalid-request-id'],
    [14, 'received-in-future'],
    [15, 'too-late'],
    [16, 'empty'],
  ]);
  expect(volumes).toEqual([{ labels: { code: '8F3E', suppression: 'unknown', remedy: 'none' }, sum: 3 }]);
});

test('a replay comes to the same bytes, another plan time does not', async () => {
  const first = await prepare();
  const body = Buffer.concat(first.slices.map(({ body }) => body)).toString();
  const replayed = await prepare();
  expect(replayed.plan.checksum).toBe(first.plan.checksum);
  expect(Buffer.concat(replayed.slices.map(({ body }) => body)).toString()).toBe(body);
  const later = await blockPreparer(PLACE, options).prepare(
    PLACE,
    { first: 10, last: 18 },
    records,
    at(NOON + 1),
  );
  expect(later.plan.checksum).not.toBe(first.plan.checksum);
});

test('what is sealed takes nothing more, but a plan from before takes what it took', async () => {
  const renewed = () => blockPreparer(PLACE, { ...options, sealed: sealed(Date.UTC(2020, 6, 7)) });
  const more = renewed();
  const first = await prepare();
  const bounds = { first: 10, last: 18 };
  const now = await more.prepare(PLACE, bounds, records, { plannedAt: NOON, rules: more.rules });
  expect(now.rejects.map(({ offset, reason }) => [offset, reason])).toContainEqual([11, 'too-late']);
  expect(now.hours).toEqual(first.hours.slice(1));
  expect(more.knows(first.plan.rules)).toBe(true);
  expect((await renewed().prepare(PLACE, bounds, records, first.plan)).plan).toEqual(first.plan);
});

test('rules of other settings are not known', async () => {
  for (const change of [{ retentionMs: DAY_MS }, { duplicateWindow: 1000 }, { futureToleranceMs: 1 }]) {
    const other = blockPreparer(PLACE, { ...options, ...change });
    expect(other.knows((await prepare()).plan.rules)).toBe(false);
  }
});

test('the first plan knows what is sealed', async () => {
  let before = 0;
  const sealed = {
    before: () => before,
    follow: async () => {
      before = 5;
      return before;
    },
  };
  const preparer = blockPreparer(PLACE, { ...options, sealed });
  await preparer.start(PLACE, 0);
  expect(preparer.rules).toBe(
    blockPreparer(PLACE, { ...options, sealed: { ...sealed, before: () => 5 } }).rules,
  );
});

test('ids accepted before the block are remembered from the store', async () => {
  const preparer = blockPreparer(PLACE, {
    ...options,
    acceptedIds: async function* () {
      yield [
        {
          offset: 9,
          originator: '00DB1234567890A0',
          target: '90B3D51F30010000',
          counterHi: 0,
          counterLo: 5,
          alertCode: '8F3E',
        },
      ];
    },
  });
  await preparer.start(PLACE, 10);
  const { plan } = await preparer.prepare(PLACE, { first: 10, last: 18 }, records, at(NOON));
  expect(plan.tally.duplicates).toBe(2);
});

test('a block that accepts nothing is in the ledger all the same', async () => {
  const { plan, hours, slices } = await blockPreparer(PLACE, options).prepare(
    PLACE,
    { first: 0, last: 0 },
    [record(0, 'x')],
    at(NOON),
  );
  expect(slices).toEqual([]);
  expect(hours).toEqual([{ hour: NOON / 1000, accepted: 0 }]);
  expect(plan.tally).toEqual({ records: 1, accepted: 0, rejected: 1, duplicates: 0 });
});

test('rows outgrow the first buffer and stay whole', async () => {
  const many = Array.from({ length: 20_000 }, (_, n) => record(n, json(n, '2020-07-07T11:00:00Z')));
  const { slices } = await blockPreparer(PLACE, options).prepare(
    PLACE,
    { first: 0, last: 19_999 },
    many,
    at(NOON),
  );
  const lines = Buffer.from(slices[0]?.body ?? [])
    .toString()
    .slice(0, -1)
    .split('\n');
  expect(lines.length).toBe(20_000);
  expect(new Set(lines.map((line) => line.split('\t').length))).toEqual(new Set([34]));
});

test('what is known by now of a device stands in the rows, and a replay that knows more is the same block', async () => {
  const directory = new Directory();
  const patch = directory.addPatch({
    kind: 'CHF',
    manufacturer: 'WNC',
    model: 'CS-1',
    firmware: '1.10.4',
    region: 'South',
  });
  directory.begin(0x00db1234, 0x567890a0);
  directory.change(Date.UTC(2020, 6, 7, 10), patch, 0, 0);
  directory.end();
  const first = await prepare();
  const { plan, slices } = await blockPreparer(PLACE, { ...options, knowledge: knowing(directory) }).prepare(
    PLACE,
    { first: 10, last: 18 },
    records,
    at(NOON),
  );
  expect(plan).toEqual(first.plan);
  const [, today] = slices;
  const rows = Buffer.from(today!.body).toString().slice(0, -1).split('\n');
  const rest = rows.map((row) => row.split('\t').slice(14));
  const known = 'CHF WNC CS-1 1.10.4   South       always-on code released  csp-south'.split(' ');
  expect(rest).toEqual([
    ['0000000000000000', '0', ...known],
    ['0000000000000000', '0', ...known],
  ]);
});

test('a large block leaves others their turn, such as the sign of life without which it would be lost', async () => {
  const many = Array.from({ length: 10_000 }, (_, i) => record(i, json(i, '2020-07-07T11:00:00Z')));
  let turns = 0;
  let over = false;
  const turn = () => {
    turns++;
    if (!over) setTimeout(turn, 0);
  };
  setTimeout(turn, 0);
  const { plan } = await blockPreparer(PLACE, options).prepare(
    PLACE,
    { first: 0, last: 9999 },
    many,
    at(NOON),
  );
  over = true;
  expect(turns).toBeGreaterThan(1);
  expect(plan.tally.accepted).toBe(10_000);
});
