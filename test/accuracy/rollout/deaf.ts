import { shareRow, type Trial } from '../trial.ts';
import { CODE } from '../world.ts';
import { ask, settle } from './ask.ts';

interface Heard {
  /** Whether the answer says that there is less of the code, without a warning. */
  benefit: boolean;
  warned: boolean;
  fell: boolean;
}

const WORLD = { question: 'rollout', world: 'pure deafness' };
/** From few devices, which hide in the noise, to more than make up a whole effect. */
const SHARES = [0.05, 0.1, 0.2, 0.4];

/** The firmware ends nothing, but silences some HANs altogether: with fewer alerts, of all codes. */
export const deaf: Trial<Heard> = {
  name: 'deaf',
  together: 1,
  async run(store, seeds) {
    await settle(store, 'deaf', seeds, {
      hubs: 120,
      effect: false,
      deaf: SHARES[seeds[0]! % SHARES.length]!,
    });
    const { effects, reading } = await ask(store);
    const own = effects.find(({ code, scope }) => code === CODE && scope === 'device')!;
    const fell = own.high !== null && own.high < 0;
    const benefit = (fell && own.warning === null) || /there are .* a day less/.test(reading);
    return [{ benefit, fell, warned: fell && own.warning !== null }];
  },
  rows(outcomes) {
    const fell = outcomes.filter((one) => one.fell);
    return [
      shareRow(
        { ...WORLD, measure: 'reads as a benefit' },
        outcomes.filter((one) => one.benefit).length,
        outcomes.length,
        [0, 0],
      ),
      shareRow(
        { ...WORLD, measure: 'a fall has a warning' },
        fell.filter((one) => one.warned).length,
        fell.length,
        [1, 1],
      ),
    ];
  },
};
