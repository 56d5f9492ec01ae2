export {
  type LoadOptions,
  loadRegistry,
  type RegistryFiles,
  type RegistryName,
  type RegistrySet,
  shippedRegistry,
} from './load.ts';
export { type RegistryWatch, type WatchOptions, watchRegistry } from './watch.ts';
