export { Directory } from './directory.ts';
export type { Patch } from './profiles.ts';
