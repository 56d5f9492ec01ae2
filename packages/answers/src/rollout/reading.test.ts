import { expect, it } from 'vitest';
import { read } from './reading.ts';
import type { Effect } from './told.ts';

const effect = (
  code: string,
  estimate: number,
  within: number,
  before: number,
  scope: Effect['scope'],
): Effect => ({
  ...{ code, scope, estimate, low: estimate - within, high: estimate + within, before },
  ...{ se: within / 2, p: 0.5, pAdjusted: null, activated: 400, hubs: 400, controls: 400, controlHubs: 400 },
  avoidedPerDay: {
    value: -400 * estimate,
    low: 400 * (-estimate - within),
    high: 400 * (-estimate + within),
  },
  ...{ beforeAfter: null, placebo: null, withoutSilent: null, warning: null, refused: null },
});

/** Four hundred of a thousand devices have it, and raise ten alerts a day less each. */
const readOf = (blocked: number) =>
  read({
    ...{ what: 'firmware 2', nobody: '', actingParty: 'csp', state: 'released', codes: ['8F3E'], blocked },
    adoption: [{ day: '2020-06-01', activated: 400, devices: 1000 }],
    silent: { devices: 0, probability: 0.001 },
    effects: [effect('8F3E', -10, 1, 20, 'device')],
    others: [effect('others', 0, 1, 20, 'han')],
    by: [],
  });

it('tells what the others would save', () => {
  expect(readOf(0)).toMatch(
    /The CSP can go on with the other 600 devices, for about 6,000 alerts a day less, should they be like the first\.$/,
  );
});

it('promises nothing of those on which it failed', () => {
  expect(readOf(150)).toMatch(
    /the other 450 devices, for about 4,500 alerts .*\. On 150 devices it failed: about 1,500 alerts a day less once they can take it\.$/,
  );
  const all = readOf(700);
  expect(all).toMatch(/On 600 devices it failed: about 6,000 alerts a day less once they can take it\.$/);
  expect(all).not.toContain('go on');
});
