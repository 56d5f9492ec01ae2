import { blocked } from './blocked/blocked.ts';
import { capacity } from './capacity/capacity.ts';
import { confounded } from './rollout/confounded.ts';
import { deaf } from './rollout/deaf.ts';
import { rolloutEffect } from './rollout/effect.ts';
import { noEffect } from './rollout/no-effect.ts';
import { silent } from './silent/silent.ts';
import { spikes } from './spikes/spikes.ts';
import type { Trial } from './trial.ts';

/** What rollouts did: in CI they take about as long as all others, and run beside them. */
export const ROLLOUTS: readonly Trial[] = [rolloutEffect, noEffect, ...confounded, deaf];
export const OTHERS: readonly Trial[] = [silent, blocked, spikes, capacity];

/** All that `npm run accuracy` runs. */
export const TRIALS: readonly Trial[] = [...ROLLOUTS, ...OTHERS];
