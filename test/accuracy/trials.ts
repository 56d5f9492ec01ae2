import { blocked } from './blocked/blocked.ts';
import { confounded } from './rollout/confounded.ts';
import { deaf } from './rollout/deaf.ts';
import { rolloutEffect } from './rollout/effect.ts';
import { noEffect } from './rollout/no-effect.ts';
import { silent } from './silent/silent.ts';
import type { Trial } from './trial.ts';

/** All that `npm run accuracy` runs. */
export const TRIALS: readonly Trial[] = [rolloutEffect, noEffect, ...confounded, deaf, silent, blocked];
