import { isRetryable, type Store, storeRegistry } from '@tocsin/clickhouse';
import {
  type LoadOptions,
  loadRegistry,
  type RegistrySet,
  type RegistryWatch,
  rowsOf,
  shippedRegistry,
  watchRegistry,
} from '@tocsin/registry';
import type { Logger, Part } from '@tocsin/runtime';

export interface RegistriesOptions {
  readonly store: Store;
  /** Without one, the set of the scenario. */
  readonly folder: string | undefined;
  /** How the registries are fitted to the network that is told of. */
  readonly fit: LoadOptions;
  readonly log: Logger;
}

const AGAIN_MS = 5000;

/** Keeps the registries' tables as their files are. */
export function registries({ store, folder = shippedRegistry(), fit, log }: RegistriesOptions): Part {
  let current = loadRegistry(folder, fit);
  let watch: RegistryWatch | undefined;
  let timer: NodeJS.Timeout | undefined;
  let storing: Promise<void> = Promise.resolve();

  const put = (registry: RegistrySet): void => {
    current = registry;
    storing = storing.then(async () => {
      try {
        await storeRegistry(store, registry.version, rowsOf(registry.files));
        log.info({ version: registry.version }, 'the registries are in the store');
      } catch (error) {
        log[isRetryable(error) ? 'warn' : 'error']({ err: error }, 'the registries are stored again');
        timer = setTimeout(() => put(current), AGAIN_MS);
      }
    });
  };

  return {
    name: 'registries',
    start() {
      put(current);
      watch = watchRegistry(folder, current.version, {
        ...fit,
        onChange: put,
        onFault: (error) => log.error({ err: error }, 'the registries are faulty: those from before hold'),
      });
    },
    async stop() {
      watch?.stop();
      clearTimeout(timer);
      await storing;
    },
  };
}
