import { QUESTIONS } from '@tocsin/answers';
import { keepAnswer, type Store } from '@tocsin/clickhouse';

const told = (question: string, value: unknown) =>
  QUESTIONS.find(({ name }) => name === question)!.told.parse(value);

const UNKNOWN = {
  ...{
    estimate: null,
    low: null,
    high: null,
    before: null,
    se: null,
    p: null,
    pAdjusted: null,
    avoidedPerDay: null,
  },
  ...{ beforeAfter: null, placebo: null, withoutSilent: null, warning: null, refused: null },
};
const counts = { activated: 20, hubs: 20, controls: 40, controlHubs: 40 };
/** What the firmware does to its own code, and the side effect of which one is sure. */
export const EFFECT = {
  ...{ estimate: -2.9, low: -3.1, high: -2.7, avoidedPerDay: { value: 58, low: 54, high: 62 } },
  ...counts,
};
export const SIDE_EFFECT = { estimate: 1.5, low: 1.3, high: 1.7, pAdjusted: 0.001 };
const REFUSED = 'only 3 activated devices can be compared: 30 are needed';
export const SILENT = { silent: 2, of: 19, share: 2 / 19, low: 0.03, high: 0.31 };

const FIRMWARE = { version: '1.11.2', state: 'released' };
const effect = (code: string, scope: string, value: object) => ({
  ...{ ...UNKNOWN, ...counts, code, scope },
  ...value,
});

/** What was told of two rollouts: an older answer that does not hold any more, then the ones that do. */
export async function keepAnswers(store: Store): Promise<void> {
  const rollout = (id: string, name: string, effects: object[]) =>
    told('rollout', {
      ...{ rollout: id, name, ...FIRMWARE, manufacturer: 'WNC', model: 'CS-1', states: [], begins: null },
      ...{
        ends: null,
        pauses: [],
        adoption: [],
        silent: { devices: 0, probability: 0.001 },
        effects,
        others: [],
        by: [],
      },
      reading: '',
    });
  const own = effect('8F3E', 'device', EFFECT);
  await keepAnswer(store, 'rollout', 'wnc', rollout('wnc', 'as it was', [own, own]));
  const side = effect('8014', 'han', { ...EFFECT, ...SIDE_EFFECT });
  const chance = effect('8015', 'han', { ...EFFECT, pAdjusted: 0.8 });
  await keepAnswer(store, 'rollout', 'wnc', rollout('wnc', 'WNC hubs to 1.11.2', [own, side, chance]));
  const few = effect('8F12', 'device', { activated: 3, refused: REFUSED });
  await keepAnswer(store, 'rollout', 'r2', rollout('r2', 'Pilot of Release 2.0', [few]));
  // The registry knows it no more.
  await keepAnswer(store, 'rollout', 'gone', rollout('gone', 'Gone', [own]));
  const none = { silent: 0, of: 40, share: 0, low: 0, high: 0.09 };
  await keepAnswer(
    store,
    'silent',
    'wnc',
    told('silent', {
      ...{
        rollout: 'wnc',
        name: 'WNC hubs to 1.11.2',
        ...FIRMWARE,
        reason: '',
        actingParty: 'csp',
        to: null,
      },
      ...{ activated: 20, threshold: 0.001, falseShare: 0.01, devices: [], reading: '' },
      rate: { activated: SILENT, control: none, difference: null },
    }),
  );
}
