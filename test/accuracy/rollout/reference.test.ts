import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Engine, startEngine } from '../../support/fresh-store.ts';
import { pythonWith } from '../../support/python-environment.ts';
import { CODE, MODEL } from '../world.ts';
import { ask, type Interval, settle, type Told } from './ask.ts';
import type { Network, Plan } from './network.ts';

const python = pythonWith([
  ...['pyfixest==0.60.0', 'numpy==2.4.6', 'pandas==3.1.1', 'scipy==1.17.1', 'formulaic==1.2.2'],
]);

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

interface Reference extends Interval {
  se: number;
  clusters: number;
}

/** All networks in one process: most of what it takes is compiled by it each time it begins. */
function byReference(networks: readonly Network[]): Reference[] {
  const input = JSON.stringify(
    networks.map(({ devices, counts }) => ({
      devices: devices
        .filter(({ model }) => model === MODEL)
        .map(({ id, hub, activated = null }) => ({ id, hub, activated })),
      counts: counts.map(({ device, day, alerts }) => [device.id, day, alerts]),
    })),
  );
  const script = new URL('reference.py', import.meta.url).pathname;
  const { status, stdout, stderr } = spawnSync(python!, [script], { input, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

// pyfixest takes the errors as they are and quantiles of the normal distribution, ours G/(G - 1) for G hubs and Student's: of 400
// hubs that makes half a percent. The errors themselves are the same.
const PLANS: Record<string, Plan> = {
  'unequal effects': { hubs: 400, effect: true },
  'no effect': { hubs: 400, effect: false },
  lockdown: { hubs: 400, effect: true, course: (day) => (day < 28 ? 1 : 0.5) },
};

describe.skipIf(python === null)('the effect of a rollout is that of pyfixest on the same series', () => {
  const networks: Network[] = [];
  const effects: Told['effects'][] = [];
  let references: Reference[];
  beforeAll(async () => {
    const store = await engine.freshStore();
    for (const [world, plan] of Object.entries(PLANS)) {
      await engine.empty(store);
      networks.push(...(await settle(store, `reference ${world}`, [1], plan)));
      effects.push((await ask(store)).effects);
    }
    references = byReference(networks);
  });

  it.each(Object.keys(PLANS).map((world, at) => [world, at] as const))('%s', (_, at) => {
    const { estimate, low, high, se } = effects[at]!.find(
      ({ code, scope }) => code === CODE && scope === 'device',
    )!;
    const reference = references[at]!;
    expect(Math.abs(estimate! / reference.value - 1)).toBeLessThan(1e-6);
    const { clusters } = reference;
    expect(Math.abs(se! / (reference.se * Math.sqrt(clusters / (clusters - 1))) - 1)).toBeLessThan(1e-6);
    const length = reference.high - reference.low;
    expect(Math.abs(low! - reference.low)).toBeLessThan(0.01 * length);
    expect(Math.abs(high! - reference.high)).toBeLessThan(0.01 * length);
    expect(Math.abs((high! - low!) / length - 1)).toBeLessThan(0.01);
  });
});
