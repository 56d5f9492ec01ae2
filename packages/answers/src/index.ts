import type { z } from 'zod';
import { blocked } from './blocked/index.ts';
import { capacity } from './capacity/index.ts';
import { changes } from './changes/index.ts';
import { chatter } from './chatter/index.ts';
import { codes } from './codes/index.ts';
import { completeness } from './completeness/index.ts';
import { device } from './device/index.ts';
import { hanStability } from './han-stability/index.ts';
import { migrationGate } from './migration-gate/index.ts';
import { parties } from './parties/index.ts';
import type { Question } from './question.ts';
import { rollout } from './rollout/index.ts';
import { rollouts } from './rollouts/index.ts';
import { silent } from './silent/index.ts';
import { spikes } from './spikes/index.ts';
import { stoppable } from './stoppable/index.ts';
import { suppression } from './suppression/index.ts';
import { suppressionEffect } from './suppression-effect/index.ts';
import { verdicts } from './verdicts/index.ts';
import { volume } from './volume/index.ts';

export { amount, percent } from './numbers.ts';
export { london } from './period.ts';
export { ALL, NotYours, type Question, type Scope, Unknown } from './question.ts';

const BY_NAME = {
  completeness,
  changes,
  stoppable,
  verdicts,
  spikes,
  volume,
  rollouts,
  rollout,
  suppression,
  'suppression-effect': suppressionEffect,
  silent,
  blocked,
  'han-stability': hanStability,
  chatter,
  capacity,
  'migration-gate': migrationGate,
  device,
  codes,
  parties,
};

/** Every question, in the order in which people ask them. */
export const QUESTIONS: readonly Question[] = Object.values(BY_NAME);

/** What each question is asked with, as text, by its name. */
export type Asked = { [Name in keyof typeof BY_NAME]: z.input<(typeof BY_NAME)[Name]['asked']> };

/** What each question tells, by its name. */
export type Told = { [Name in keyof typeof BY_NAME]: z.output<(typeof BY_NAME)[Name]['told']> };

export * from './exports/index.ts';

export {
  blocked,
  capacity,
  changes,
  completeness,
  hanStability,
  migrationGate,
  parties,
  rollout,
  rollouts,
  silent,
  spikes,
  suppressionEffect,
  verdicts,
  volume,
};
