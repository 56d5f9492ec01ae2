import { shareRow, type Trial } from '../trial.ts';
import { type Answered, askByRegion, holds, refusedRow } from './ask.ts';

const WORLD = { question: 'rollout', world: 'no effect' };

/** The firmware ends nothing. */
export const noEffect: Trial<Answered> = {
  name: 'no-effect',
  together: 20,
  run: async (store, seeds) =>
    (await askByRegion(store, 'no effect', seeds, { hubs: 120, effect: false })).answers,
  rows(outcomes) {
    const told = outcomes.filter((one) => one.told !== null);
    return [
      shareRow(
        { ...WORLD, measure: 'false alarms' },
        told.filter(({ told }) => !holds(told!, 0)).length,
        told.length,
        [0.03, 0.07],
      ),
      refusedRow(WORLD, outcomes),
    ];
  },
};
