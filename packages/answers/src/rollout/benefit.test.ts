import { expect, it } from 'vitest';
import { doubtOf } from './benefit.ts';
import type { Effect } from './told.ts';

const NONE = {
  ...{ se: null, p: null, pAdjusted: null, avoidedPerDay: null, activated: 100, hubs: 100, controls: 100 },
  ...{
    controlHubs: 100,
    beforeAfter: null,
    placebo: null,
    withoutSilent: null,
    warning: null,
    refused: null,
  },
};
const effect = (
  estimate: number | null,
  within: number,
  before: number | null,
  more: Partial<Effect> = {},
) => ({
  ...{ ...NONE, code: 'others', scope: 'han' as const, estimate, before },
  low: estimate && estimate - within,
  high: estimate && estimate + within,
  ...more,
});
const own = effect(-4, 1, 10, { code: '8F3E', scope: 'device' });

it.each([
  ['holds where nothing else falls', own, [effect(0, 1, 20)], null],
  ['holds where it falls by more than everything else can have', own, [effect(-4, 1, 20)], null],
  [
    'is doubted where everything else falls as much',
    own,
    [effect(-8, 2, 20)],
    /by 40% .* everything else there by 40%/,
  ],
  [
    'is doubted where it is not known whether everything else falls',
    own,
    [effect(-1, 8, 20)],
    /everything else there by 5%/,
  ],
  ['goes by what is known the surer', own, [effect(-1, 8, 20), effect(0, 1, 20, { scope: 'device' })], null],
  [
    'is doubted where nothing else is raised',
    own,
    [effect(0, 0, 0), effect(null, 0, null)],
    /nothing else is known/,
  ],
  [
    'is doubted where only silence made it',
    { ...own, withoutSilent: { value: 0, low: -1, high: 1 } },
    [effect(0, 1, 20)],
    /without the devices that fell silent/,
  ],
  ['is none where the interval holds 0', effect(-0.5, 1, 10), [effect(-8, 2, 20)], null],
  ['is none where there is more', effect(4, 1, 10), [effect(-8, 2, 20)], null],
  ['is none where nothing can be told', effect(null, 0, null), [], null],
])('a fall %s', (_, one, others, doubt) => {
  if (doubt === null) expect(doubtOf(one, others)).toBeNull();
  else expect(doubtOf(one, others)).toMatch(doubt);
});
