import type { Store } from '@tocsin/clickhouse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Engine, startEngine } from '../support/fresh-store.ts';
import { ask } from '../support/questions.ts';
import { type FedMessage, feedBlocks, HOUR, insertRows } from '../support/store-feed.ts';

const at = (text: string) => Date.parse(text) / 1000;
const [FIRST, END] = [at('2020-02-16T00:00:00Z'), at('2020-04-17T23:00:00Z')];
const PERIOD = { from: '2020-03-22', to: '2020-04-18' };
/** A Saturday evening, to midnight in London; what was held back comes in the three hours after. */
const GAP = { from: at('2020-04-04T17:00:00Z'), to: at('2020-04-04T23:00:00Z') };
/** Wednesday and Thursday in London. */
const SPIKE = { from: at('2020-04-14T23:00:00Z'), to: at('2020-04-16T23:00:00Z') };

const METER = {
  ...{ device_kind: 'ESME', manufacturer: 'Maker', region: 'North', gas_supplier: '', acting_party: '' },
  ...{ remedy: 'none' },
};
const NETWORK = {
  ...{
    ...METER,
    model: 'M-secret',
    firmware: '1.0-secret',
    supplier: 'sup-secret',
    network_operator: 'dno-01',
  },
  ...{ responsible_party: 'dno-01', suppression: 'suppressible', reason: 'service-request' },
};
const INDEPENDENT = {
  ...{ ...METER, model: 'M-2', firmware: '2.0', supplier: 'sup-02', network_operator: 'idno-03' },
  ...{ responsible_party: 'idno-03', suppression: 'unstoppable', reason: 'not-a-dcc-user' },
};

const isWithin = (hour: number, { from, to }: { from: number; to: number }) => hour >= from && hour < to;
const londonHour = (hour: number) =>
  Number(
    new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', hour: '2-digit', hourCycle: 'h23' }).format(
      hour * 1000,
    ),
  );

/** Ten messages an hour of 2 alerts, four times as many at eight in London; of the other network one message of one. */
function messagesOf(hour: number): Omit<FedMessage, 'offset'>[] {
  if (isWithin(hour, GAP)) return [];
  const late = isWithin(hour, { from: GAP.to, to: GAP.to + 3 * HOUR });
  const alerts = late ? 12 : londonHour(hour) === 8 ? 8 : 2;
  const spike = isWithin(hour, SPIKE);
  return [
    ...Array.from({ length: 10 }, (_, device) => ({
      ...{ receivedAt: hour + device, code: '8014', device, alerts, attributes: NETWORK },
    })),
    { receivedAt: hour, code: '8014', device: 20, alerts: spike ? 20 : 1, attributes: INDEPENDENT },
  ];
}

let engine: Engine;
let store: Store;

beforeAll(async () => {
  engine = await startEngine();
  store = await engine.freshStore();
  const hours = Array.from({ length: (END - FIRST) / HOUR }, (_, i) => FIRST + i * HOUR);
  const accepted = hours.flatMap(messagesOf).map((message, offset) => ({ ...message, offset }));
  const block = { partition: 0, first: 0, last: accepted.length - 1, rejected: [], duplicates: 0 };
  await feedBlocks(store, { ...block, accepted });
  const party = (party: string, kind: string) => ({
    ...{ version: 'v', party, name: party, role: 'electricity-distributor', kind },
  });
  await insertRows(store, 'parties', [party('dno-01', 'dno'), party('idno-03', 'idno')]);
  await insertRows(store, 'registry_versions', [{ version: 'v' }]);
});
afterAll(() => engine.stop());

const RISE = { from: '2020-04-14T23:00:00.000Z', to: '2020-04-16T23:00:00.000Z', above: 912 };
const driver = (dimension: string, value: string) => ({
  dimension,
  value,
  above: 912,
  share: 1,
  stoppable: 0,
});
const WHAT = [driver('model', 'Maker M-2'), driver('firmware', '2.0')];
const OF_PARTY = { ...{ code: '8014', party: 'idno-03', ...RISE }, alerts: 960, usual: 48, drivers: WHAT };
const WHO = [driver('party-kind', 'idno'), driver('party', 'idno-03')];

interface Told {
  spikes: object[];
  gapHours: number;
}

describe('spikes', () => {
  it('are told with what explains them; clocks that change, a gap and what comes after it raise none', async () => {
    const told = await ask<Told>(store, 'spikes', PERIOD);
    expect(told.gapHours).toBe(6);
    expect(told.spikes).toMatchObject([
      { ...OF_PARTY, party: null, alerts: 2040, usual: 1128, drivers: [...WHO, ...WHAT] },
      OF_PARTY,
    ]);
  });

  it('are found by the end of their first day', async () => {
    const { spikes } = await ask<Told>(store, 'spikes', { from: '2020-04-15', to: '2020-04-16' });
    expect(spikes).toMatchObject([
      { party: null, above: 456 },
      { party: 'idno-03', above: 456 },
    ]);
  });

  it.each(['idno-03', 'sup-02'])('are told to %s of its own devices', async (party) => {
    const told = await ask<Told>(store, 'spikes', PERIOD, { party });
    expect(told.spikes).toMatchObject([{ ...OF_PARTY, party: null, drivers: [...WHO, ...WHAT] }, OF_PARTY]);
    expect(JSON.stringify(told)).not.toMatch(/secret|"dno-01"/);
  });

  it.each(['dno-01', 'sup-secret', 'nobody'])(
    'are none to %s, whose own devices go on as ever',
    async (party) => {
      expect((await ask<Told>(store, 'spikes', PERIOD, { party })).spikes).toEqual([]);
    },
  );
});

describe('days on which counts are others, though nothing rose', () => {
  const [FIRST, END] = [at('2020-09-01T00:00:00Z'), at('2020-10-28T00:00:00Z')];
  /** Two and a half days; what was held back comes in the three hours after, on the last of them. */
  const GAP = { from: at('2020-10-12T06:00:00Z'), to: at('2020-10-14T18:00:00Z') };
  /** One hour of the night, which comes twice on 25 October. */
  const NIGHT = 1;

  function messagesOf(hour: number): Omit<FedMessage, 'offset'>[] {
    if (isWithin(hour, GAP)) return [];
    const late = isWithin(hour, { from: GAP.to, to: GAP.to + 3 * HOUR });
    const message = (code: string) => (device: number) => ({
      ...{ receivedAt: hour + device, code, device, alerts: 1, attributes: NETWORK },
    });
    const devices = (count: number) => Array.from({ length: count }, (_, device) => device);
    return [
      ...devices(late ? 80 : 4).map(message('8014')),
      ...devices(londonHour(hour) === NIGHT ? 60 : 0).map(message('8F3E')),
    ];
  }

  it('are none: the last of a long gap, and the one with an hour that comes twice', async () => {
    await engine.empty(store);
    const hours = Array.from({ length: (END - FIRST) / HOUR }, (_, i) => FIRST + i * HOUR);
    const accepted = hours.flatMap(messagesOf).map((message, offset) => ({ ...message, offset }));
    await feedBlocks(store, {
      ...{ partition: 0, first: 0, last: accepted.length - 1, rejected: [], duplicates: 0, accepted },
    });
    const told = await ask<Told>(store, 'spikes', { from: '2020-10-10', to: '2020-10-28' });
    expect(told).toEqual({ spikes: [], gapHours: 60 });
  });
});
