import { type LoadOptions, loadRegistry, type RegistrySet, versionOf } from './load.ts';

/** How the files are read, how often they are looked at (ms), and who is told. */
export interface WatchOptions extends LoadOptions {
  /** Given each new version. */
  readonly onChange: (registry: RegistrySet) => void;
  /** Told once of each version that can't be used; the one before it holds. */
  readonly onFault: (error: unknown) => void;
  /** Default 5000. */
  readonly everyMs?: number;
}

/** A watch that goes on until it is stopped. */
export interface RegistryWatch {
  stop(): void;
}

/**
 * Looks at the files again and again: unlike the notices of a file system that also sees folders that are mounted, or
 * replaced as a whole.
 * @param version of the set that holds
 */
export function watchRegistry(folder: string, version: string, options: WatchOptions): RegistryWatch {
  let seen = version;
  let faulty = '';
  const look = () => {
    try {
      const current = versionOf(folder, options);
      if (current === seen) return;
      seen = current;
      options.onChange(loadRegistry(folder, options));
      faulty = '';
    } catch (error) {
      if (String(error) === faulty) return;
      faulty = String(error);
      options.onFault(error);
    }
  };
  const timer = setInterval(look, options.everyMs ?? 5000);
  return { stop: () => clearInterval(timer) };
}
