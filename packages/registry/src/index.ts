export { differSince } from './differ-since.ts';
export {
  type LoadOptions,
  loadRegistry,
  type RegistryFiles,
  type RegistryName,
  type RegistrySet,
  shippedRegistry,
} from './load.ts';
export { rowsOf } from './rows.ts';
export { type RegistryWatch, type WatchOptions, watchRegistry } from './watch.ts';
