import { shareRow, type Trial } from '../trial.ts';
import { type Answered, askByRegion, holds, type Interval, refusedRow } from './ask.ts';
import { BEGINS, DAYS, type Network, type Plan } from './network.ts';

/** What else happens while the firmware is rolled out: from the first activation on, but for the season's slow rise. */
const WORLDS: Readonly<Record<string, Omit<Plan, 'hubs' | 'effect'>>> = {
  lockdown: { course: (day) => (day < BEGINS ? 1 : 0.5) },
  'installations resuming': {
    course: (day) => (day < BEGINS ? 1 : Math.min(2, 1 + 0.1 * (day - BEGINS))),
    arrivals: true,
  },
  seasonality: { course: (day) => 1 + 0.04 * day },
  'feed gap': { gap: (day) => day >= DAYS - 12 && day < DAYS - 6 },
};

type Confounded = Answered & { plain: Interval };

const trialOf = (world: string): Trial<Confounded> => ({
  name: world.replace(' ', '-'),
  together: 20,
  async run(store, seeds) {
    const plan = { hubs: 120, effect: true, ...WORLDS[world] };
    const { answers, networks } = await askByRegion(store, world, seeds, plan);
    return answers.map((one, i) => ({ ...one, plain: plainBeforeAfter(networks[i]!) }));
  },
  rows(outcomes) {
    const told = outcomes.filter((one) => one.told !== null);
    const of = { question: 'rollout', world };
    return [
      shareRow(
        { ...of, measure: 'intervals that hold the truth' },
        told.filter(({ told, truth }) => holds(told!, truth)).length,
        told.length,
        [0.92, 0.98],
      ),
      shareRow(
        { ...of, measure: 'plain before and after holds it' },
        outcomes.filter(({ plain, truth }) => holds(plain, truth)).length,
        outcomes.length,
        [0, 0.5],
      ),
      refusedRow(of, outcomes),
    ];
  },
});

export const confounded = Object.keys(WORLDS).map(trialOf);

/**
 * What a spreadsheet has: alerts a day of the activated devices in the 14 days after, less those of the 14 before, whatever
 * came or did not; with the interval of a mean over hubs.
 */
function plainBeforeAfter({ devices, counts }: Network): Interval {
  const changes = new Map<number, { sum: number; devices: number }>();
  const at = (hub: number) => {
    const one = changes.get(hub) ?? { sum: 0, devices: 0 };
    changes.set(hub, one);
    return one;
  };
  for (const { activated, hub } of devices) if (activated !== undefined) at(hub).devices++;
  for (const { device, day, alerts } of counts) {
    const since = day - (device.activated ?? Number.NaN);
    if (since >= 1 && since <= 14) at(device.hub).sum += alerts / 14;
    if (since >= -14 && since <= -1) at(device.hub).sum -= alerts / 14;
  }
  const hubs = [...changes.values()];
  const all = hubs.reduce((sum, one) => sum + one.devices, 0);
  const value = hubs.reduce((sum, one) => sum + one.sum, 0) / all;
  const squares = hubs.reduce((sum, one) => sum + (one.sum - one.devices * value) ** 2, 0);
  const half = (1.96 * Math.sqrt(squares)) / all;
  return { value, low: value - half, high: value + half };
}
