import { QUESTIONS } from '@tocsin/answers';
import type { Store } from '@tocsin/clickhouse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deviceId, type Told as Event, feedHistory } from '../support/device-history.ts';
import { type Engine, startEngine } from '../support/fresh-store.ts';
import { type FedMessage, feedBlocks, HOUR } from '../support/store-feed.ts';

// Hubs 1 to 9, each with an electricity meter 101 to 109. All are heard every hour from 1 February to 28 March 2026, but
// for what is said below; nothing comes at all from 15 to 22 March, the feed's gap.
const at = (day: string) => Date.parse(`${day}T00:00:00Z`) / 1000;
const GAP = { from: at('2026-03-15'), to: at('2026-03-22') };
const range = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, i) => first + i);

const LAST_HEARD: Record<number, number> = {
  // Silent for 12 days, of which the feed told of five.
  6: at('2026-03-16'),
  // Silent for 14 days, of which the feed told of seven.
  7: at('2026-03-14'),
  // Never heard.
  9: 0,
};

function messages(): FedMessage[] {
  const found: FedMessage[] = [];
  const tell = (device: number, receivedAt: number, code: string) =>
    found.push({
      offset: found.length,
      receivedAt,
      code,
      device,
      alerts: 1,
      attributes: { region: 'South' },
    });
  for (let hour = at('2026-02-01'); hour < at('2026-03-28'); hour += HOUR) {
    if (hour >= GAP.from && hour < GAP.to) continue;
    for (const hub of range(1, 9))
      if (hour < (LAST_HEARD[hub] ?? Number.POSITIVE_INFINITY)) tell(hub, hour + hub, '8F20');
  }
  // Joined on two days, told of on one of them by the inventory; another joined when it was installed and once more.
  tell(105, at('2026-03-03') + 12 * HOUR, '8183');
  for (const day of ['2026-03-02', '2026-03-05', '2026-03-20']) tell(108, at(day) + 12 * HOUR, '8183');
  return found;
}

const HISTORY: Event[] = [
  ...range(1, 9).flatMap((hub): Event[] => {
    const since = {
      at: hub === 8 ? '2026-03-01 00:00' : '2025-06-01 00:00',
      event: 'installed',
      region: 'South',
    };
    return [
      { ...since, device: hub, kind: 'CHF', model: 'CS-1' },
      {
        ...since,
        device: 100 + hub,
        kind: 'ESME',
        model: hub === 2 ? 'KM-canary' : 'KM-200',
        hub: deviceId(hub),
        supplier: hub === 2 ? 'sup-canary' : 'sup-01',
        han_state: hub === 4 ? null : 'stable',
      },
    ];
  }),
  { at: '2026-02-10 00:00', device: 102, event: 'han-state', han_state: 'unstable' },
  {
    at: '2026-03-05 00:00',
    device: 103,
    event: 'firmware-failed',
    version: '2.0',
    phase: 'download',
    reason: 'han-unstable',
    han_state: 'unstable',
  },
  { at: '2026-03-10 00:00', device: 103, event: 'joined', hub: deviceId(3) },
  { at: '2026-03-09 00:00', device: 105, event: 'joined', hub: deviceId(5) },
];

interface Count {
  stable: number;
  unstable: number;
  unknown: number;
}
interface Told {
  all: Count;
  by: (Count & { dimension: string; value: string })[];
}

const stability = QUESTIONS.find(({ name }) => name === 'han-stability')!;
let engine: Engine;
let store: Store;

beforeAll(async () => {
  engine = await startEngine();
  store = await engine.freshStore();
  const accepted = messages();
  await feedBlocks(store, {
    partition: 0,
    first: 0,
    last: accepted.length - 1,
    accepted,
    rejected: [],
    duplicates: 0,
  });
  await feedHistory(store, HISTORY);
});
afterAll(() => engine.stop());

async function ask(party: string | null = null) {
  const asked = stability.asked.parse({ from: '2026-02-20T00:00:00Z', to: '2026-03-28T00:00:00Z' });
  return stability.told.parse(await stability.answer(store, asked, { party })) as Told;
}

describe('a HAN', () => {
  it('is stable, unstable for a reason, or not known', async () => {
    const rows = await store.rows(
      `SELECT toUInt8(hub) AS hub, state, reported, blocked, silent, rejoining
       FROM han_stability(from = '2026-02-20 00:00:00', to = '2026-03-28 00:00:00', party = '') ORDER BY hub`,
    );
    const no = { reported: false, blocked: false, silent: false, rejoining: false };
    expect(rows).toEqual([
      { hub: 1, state: 'stable', ...no },
      { hub: 2, state: 'unstable', ...no, reported: true },
      { hub: 3, state: 'unstable', ...no, reported: true, blocked: true },
      // Heard, but nobody tried anything.
      { hub: 4, state: 'unknown', ...no },
      { hub: 5, state: 'unstable', ...no, rejoining: true },
      { hub: 6, state: 'stable', ...no },
      { hub: 7, state: 'unstable', ...no, silent: true },
      // Its first two joinings were its installation's.
      { hub: 8, state: 'stable', ...no },
      { hub: 9, state: 'unknown', ...no },
    ]);
  });

  it('is counted by region and model', async () => {
    const { all, by } = await ask();
    expect(all).toMatchObject({
      stable: 3,
      unstable: 4,
      unknown: 2,
      reported: 2,
      blocked: 1,
      silent: 1,
      rejoining: 1,
    });
    expect(all).toMatchObject({ share: { value: 4 / 7 } });
    expect(by.map(({ dimension, value, unstable }) => [dimension, value, unstable])).toEqual([
      ['region', 'South', 4],
      ['model', 'CS-1', 4],
      ['meter', 'KM-200', 3],
      ['meter', 'KM-canary', 1],
      ['supplier', 'sup-01', 3],
      ['supplier', 'sup-canary', 1],
    ]);
  });

  it('of a party is one with a device of its own', async () => {
    const told = await ask('sup-01');
    expect(told.all).toMatchObject({ stable: 3, unstable: 3, unknown: 2, reported: 1 });
    expect(JSON.stringify(told)).not.toContain('canary');
    expect((await ask('nobody')).all).toMatchObject({ stable: 0, unstable: 0, unknown: 0, share: null });
  });

  it('ends in who can act, and says what can’t be seen', async () => {
    const text = stability.show(await ask());
    expect(text).toContain('Suppliers can visit or restart 3 HANs and then ask for 1 downloads again');
    expect(text).toContain('Not measured, as this stream has nothing of it: service requests to meters');
  });
});
