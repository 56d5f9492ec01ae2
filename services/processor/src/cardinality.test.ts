import { Directory } from '@tocsin/directory';
import { CATALOGUE, DEVICE_KINDS, HAN_STATES, REJECT_REASONS } from '@tocsin/domain';
import { createRules, type Lever, type Party } from '@tocsin/domain/classify';
import { createMetrics } from '@tocsin/metrics';
import { expect, test } from 'vitest';
import { countVolumes } from './count-volumes.ts';
import { Meanings } from './steps/classify.ts';

/** What a Prometheus of a whole nation takes of one processor. */
const MOST_SERIES = 5000;
const PARTITIONS = 64;
const PARTIES = 60;
const ALWAYS = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
const NO_TARGET = { hi: 0, lo: 0 };
const MODELS = ['released', 'pilot', 'on-hold', 'withdrawn'] as const;

/** Two of three are users, of every role in turn. */
const parties: Party[] = Array.from({ length: PARTIES }, (_, n) => ({
  id: `party-${n}`,
  name: `Party ${n}`,
  roles: (['import-supplier', 'gas-supplier', 'electricity-distributor'] as const).map((role) => ({
    role,
    kind: '',
    regions: [],
    eui64s: [],
    valid: ALWAYS,
    dccUser: n % 3 === 0 ? [] : [ALWAYS],
  })),
}));

/** For every code a firmware in every state, each of one model: nothing more could be done about more alerts. */
const levers: Lever[] = [
  {
    kind: 'service-request',
    id: 'sr',
    deviceKinds: ['ESME', 'GSME'],
    roles: ['import-supplier', 'gas-supplier', 'electricity-distributor'],
    states: [{ from: 0, state: 'available', reason: '' }],
  },
  ...MODELS.map(
    (state): Lever => ({
      kind: 'firmware',
      id: `fw-${state}`,
      codes: [...CATALOGUE.keys()],
      manufacturer: 'Kestrel',
      model: state,
      version: '2.0.0',
      regions: [],
      actingParty: 'supplier',
      states: [{ from: 0, state, reason: state === 'on-hold' ? 'deafness' : '' }],
    }),
  ),
];

/** Every kind of device of every party, model and HAN state: more than these, 30 million devices can't differ in. */
function everyDevice(): Directory {
  const directory = new Directory();
  let lo = 0;
  for (const kind of DEVICE_KINDS)
    for (const model of MODELS)
      for (const hanState of HAN_STATES)
        for (const { id } of parties) {
          const roles = { supplier: id, gasSupplier: id, networkOperator: id };
          const patch = { kind, model, hanState, ...roles, manufacturer: 'Kestrel', firmware: '1.0.0' };
          directory.begin(0, ++lo);
          directory.change(0, directory.addPatch(patch), 0, 0);
          directory.end();
        }
  return directory;
}

test('a processor of a whole nation has at most 5,000 series, whatever arrives', async () => {
  const metrics = createMetrics('processor');
  const directory = everyDevice();
  const meanings = new Meanings(directory, createRules({ codes: CATALOGUE, parties, levers }));
  const count = (alertCode: string, profile: number) => {
    const asked = { profile, at: 1, clockSuspect: false, hub: NO_TARGET };
    countVolumes(metrics, [{ labels: meanings.of({ alertCode, target: NO_TARGET }, asked).volume, sum: 1 }]);
  };
  for (let lo = 1; lo <= directory.devices; lo++) {
    const profile = directory.profile(directory.find({ hi: 0, lo }, 1));
    for (const code of CATALOGUE.keys()) count(code, profile);
  }
  const first = directory.profile(directory.find({ hi: 0, lo: 1 }, 1));
  let unknown = 0;
  for (let number = 0; number < 65_536; number++) {
    const code = number.toString(16).toUpperCase().padStart(4, '0');
    if (!CATALOGUE.has(code)) unknown++;
    count(code, -1);
    count(code, first);
  }
  for (const reason of REJECT_REASONS) metrics.rejects.inc({ reason });
  for (let partition = 0; partition < PARTITIONS; partition++)
    for (const gauge of [metrics.lag, metrics.lagSeconds, metrics.halted]) gauge.set({ partition }, 0);
  for (const outcome of ['accepted', 'rejected', 'duplicate']) metrics.messages.inc({ outcome });
  for (const kind of ['new', 'replay']) metrics.blocks.inc({ kind });
  for (const table of ['alerts', 'blocks', 'rejected', 'device_history']) {
    metrics.insertedRows.inc({ table });
    metrics.insertedBytes.inc({ table });
    metrics.insertSeconds.observe({ table }, 1);
  }
  for (const kind of ['plan', 'next']) metrics.commitSeconds.observe({ kind }, 1);

  const series = (await metrics.registry.metrics()).split('\n').filter((line) => /^[a-z]/.test(line));
  const alerts = series.filter((line) => line.startsWith('tocsin_alerts_total{'));
  expect(new Set(alerts.map((line) => /remedy="([^"]*)"/.exec(line)?.[1])).size).toBe(5);
  expect(alerts.filter((line) => line.includes('code="unknown"')).length).toBeGreaterThan(0);
  const { values } = await metrics.alerts.get();
  const ofUnknown = values.filter(({ labels }) => labels.code === 'unknown');
  expect(ofUnknown.reduce((sum, { value }) => sum + value, 0)).toBe(2 * unknown);
  expect(series.length).toBeGreaterThan(1000);
  expect(series.length).toBeLessThanOrEqual(MOST_SERIES);
});
