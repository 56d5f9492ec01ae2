import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { requireTool } from './tools.ts';

const CACHE = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'tocsin');

/**
 * The Python of a virtual environment that has these packages, which is made once; null where it can't be made here.
 * @param requirements as pip has them, each with its version
 */
export function pythonWith(requirements: readonly string[]): string | null {
  const hash = createHash('sha256').update(requirements.join()).digest('hex').slice(0, 8);
  const folder = join(CACHE, `python-${hash}`);
  const found =
    requireTool('python3', 'apt-get install python3 python3-venv') &&
    requireTool(requirements.join(' '), 'python3-venv, and a network with PyPI', () =>
      make(folder, requirements),
    );
  return found ? join(folder, 'bin', 'python') : null;
}

/** An environment has its final name only when it is complete: it is filled beside it and then renamed. */
function make(folder: string, requirements: readonly string[]): boolean {
  if (existsSync(folder)) return true;
  mkdirSync(CACHE, { recursive: true });
  const partial = mkdtempSync(`${folder}.partial-`);
  const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...requirements];
  const made =
    spawnSync('python3', ['-m', 'venv', partial], { stdio: 'inherit' }).status === 0 &&
    spawnSync(join(partial, 'bin', 'python'), install, { stdio: 'inherit' }).status === 0;
  if (made) renameSync(partial, folder);
  else rmSync(partial, { recursive: true, force: true });
  return made;
}
