import { holdTrials } from './hold-trials.ts';
import { OTHERS } from './trials.ts';

holdTrials(OTHERS);
