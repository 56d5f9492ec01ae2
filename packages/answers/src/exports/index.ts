import { inOrder } from '../question.ts';
import type { Export } from './export.ts';
import { suppression } from './suppression.ts';
import { volume } from './volume.ts';

export { CLASSES } from './classes.ts';
export type { Export } from './export.ts';
export { FORMATS, MANIFEST, type Manifest } from './manifest.ts';
export { type Opened, openExport, type Wanted } from './open.ts';

/** All that can be had as a file. */
export const EXPORTS: readonly Export[] = [suppression, volume].map((one) => ({
  ...one,
  asked: inOrder(one.asked),
}));
