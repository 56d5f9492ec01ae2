import { ANSWERS } from './answers.ts';
import { DELIVERY } from './delivery.ts';
import { MEANING } from './meaning.ts';

export const MUTANTS = [...DELIVERY, ...ANSWERS, ...MEANING];
