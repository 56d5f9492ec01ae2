import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** The XDG base folders: an environment value counts only when it is absolute. */
function base(value: string | undefined, fallback: string): string {
  return value && isAbsolute(value) ? value : join(homedir(), fallback);
}

/** Where downloaded, replaceable things go: `$XDG_CACHE_HOME/tocsin` or `~/.cache/tocsin`. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  return join(base(env.XDG_CACHE_HOME, '.cache'), 'tocsin');
}

/** Where the engines keep their data when no folder is named: `$XDG_DATA_HOME/tocsin` or `~/.local/share/tocsin`. */
export function dataFolder(env: NodeJS.ProcessEnv = process.env): string {
  return join(base(env.XDG_DATA_HOME, '.local/share'), 'tocsin');
}
