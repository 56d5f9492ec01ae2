import { rolloutEffect } from './rollout/effect.ts';
import type { Trial } from './trial.ts';

/** All that `npm run accuracy` runs. */
export const TRIALS: readonly Trial[] = [rolloutEffect];
