import { holdTrials } from './hold-trials.ts';
import { ROLLOUTS } from './trials.ts';

holdTrials(ROLLOUTS);
