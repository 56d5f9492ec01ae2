import { inOrder } from '../question.ts';
import type { Export } from './export.ts';
import { suppression } from './suppression.ts';
import { volume } from './volume.ts';

export type { Wanted } from './begin.ts';
export { CLASSES, isProtected } from './classes.ts';
export type { Export } from './export.ts';
export { FORMATS, MANIFEST, type Manifest } from './manifest.ts';
export { type Opened, openExport } from './open.ts';
export { type Summary, summariseExport } from './summarise.ts';
export type { Summed } from './sums.ts';

/** All that can be had as a file. */
export const EXPORTS: readonly Export[] = [suppression, volume].map((one) => ({
  ...one,
  asked: inOrder(one.asked),
}));
