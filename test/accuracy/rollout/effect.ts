import { meanRow, shareRow, type Trial } from '../trial.ts';
import { type Answered, askByRegion, holds, refusedRow } from './ask.ts';

const WORLD = { question: 'rollout', world: 'unequal effects' };

/** The firmware ends unequal shares of what unequal devices raise. */
export const rolloutEffect: Trial<Answered> = {
  name: 'rollout',
  together: 20,
  run: async (store, seeds) =>
    (await askByRegion(store, 'effect', seeds, { hubs: 120, effect: true })).answers,
  rows(outcomes) {
    const told = outcomes.filter((one) => one.told !== null);
    return [
      meanRow(
        { ...WORLD, measure: 'bias of the estimate' },
        told.map(({ told, truth }) => told!.value / truth - 1),
        [-0.02, 0.02],
      ),
      shareRow(
        { ...WORLD, measure: 'intervals that hold the truth' },
        told.filter(({ told, truth }) => holds(told!, truth)).length,
        told.length,
        [0.92, 0.98],
      ),
      refusedRow(WORLD, outcomes),
    ];
  },
};
