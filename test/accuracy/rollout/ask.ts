import { ALL, QUESTIONS } from '@tocsin/answers';
import type { Store } from '@tocsin/clickhouse';
import { FEWEST_DEVICES } from '@tocsin/report';
import { drawOf } from '../draw.ts';
import { type AccuracyRow, shareRow } from '../trial.ts';
import { CODE, dateOf, writeWorld } from '../world.ts';
import { BEGINS, DAYS, drawNetwork, type Network, type Plan } from './network.ts';

export interface Interval {
  value: number;
  low: number;
  high: number;
}

/** What was told of a rollout's own code on the devices, by the truth; null where it was refused. */
export interface Answered {
  truth: number;
  told: Interval | null;
  /** Whether there are as many hubs of either side as an answer asks for. */
  enough: boolean;
}

/** Of so many hubs a few draws in a thousand have too few of one side: of these, and no others, nothing is to be told. */
export function refusedRow(
  of: Pick<AccuracyRow, 'question' | 'world'>,
  outcomes: readonly Answered[],
): AccuracyRow {
  const wrong = outcomes.filter(({ told, enough }) => (told === null) === enough).length;
  return shareRow(
    { ...of, measure: 'refused with hubs enough, or told without' },
    wrong,
    outcomes.length,
    [0, 0],
  );
}

interface Effect {
  code: string;
  scope: string;
  estimate: number | null;
  low: number | null;
  high: number | null;
  se: number | null;
  warning: string | null;
}

export interface Told {
  effects: Effect[];
  by: { dimension: string; value: string; effect: Effect }[];
  silent: { devices: number };
  reading: string;
}

const rollout = QUESTIONS.find(({ name }) => name === 'rollout')!;
/** Ids that a network has at most. */
const IDS = 10_000;

/** Writes the networks of seeds, each in a region of its own. */
export async function settle(
  store: Store,
  world: string,
  seeds: readonly number[],
  plan: Plan,
): Promise<Network[]> {
  const networks = seeds.map((seed, i) =>
    drawNetwork(drawOf(seed, `rollout ${world}`), plan, regionOf(seed), (i + 1) * IDS),
  );
  await writeWorld(
    store,
    networks.flatMap(({ devices }) => devices),
    networks.flatMap(({ counts }) => counts),
    { begins: BEGINS },
  );
  return networks;
}

export async function ask(store: Store): Promise<Told> {
  const asked = rollout.asked.parse({ rollout: 'simulated', to: dateOf(DAYS) });
  return (await rollout.answer(store, asked, ALL)) as Told;
}

/** What one question tells of the networks of so many seeds: within a region devices are compared with none of another. */
export async function askByRegion(
  store: Store,
  world: string,
  seeds: readonly number[],
  plan: Plan,
): Promise<{ answers: Answered[]; networks: Network[] }> {
  const networks = await settle(store, world, seeds, plan);
  const { by } = await ask(store);
  const answers = seeds.map((seed, i) => {
    const found = by.find(({ value, effect }) => value === regionOf(seed) && effect.code === CODE)?.effect;
    const { estimate = null, low = null, high = null } = found ?? {};
    const told = estimate === null ? null : { value: estimate, low: low!, high: high! };
    const { truth, hubs } = networks[i]!;
    return { truth, told, enough: Math.min(hubs.activated, hubs.never) >= FEWEST_DEVICES };
  });
  return { answers, networks };
}

const regionOf = (seed: number) => `seed ${seed}`;

export const holds = ({ low, high }: Interval, truth: number) => low <= truth && truth <= high;
