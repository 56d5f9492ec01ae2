import { execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { requireTool } from './tools.ts';

const run = promisify(execFile);
const REQUIREMENTS = ['clickhouse-connect==1.12.0', 'lz4==4.4.5'];
const CACHE = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'tocsin');

/** A virtual environment under its final name only when complete: it is filled beside it and then renamed. */
const folder = join(
  CACHE,
  `python-${createHash('sha256').update(REQUIREMENTS.join()).digest('hex').slice(0, 8)}`,
);

function makeEnvironment(): boolean {
  if (existsSync(folder)) return true;
  mkdirSync(CACHE, { recursive: true });
  const partial = mkdtempSync(`${folder}.partial-`);
  const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...REQUIREMENTS];
  const made =
    spawnSync('python3', ['-m', 'venv', partial], { stdio: 'inherit' }).status === 0 &&
    spawnSync(join(partial, 'bin', 'python'), install, { stdio: 'inherit' }).status === 0;
  if (made) renameSync(partial, folder);
  else rmSync(partial, { recursive: true, force: true });
  return made;
}

/** Whether Python and ClickHouse's own Python client can be used here. */
export const hasPythonClient =
  requireTool('python3', 'apt-get install python3 python3-venv') &&
  requireTool(REQUIREMENTS.join(' '), 'python3-venv, and a network with PyPI', makeEnvironment);

/**
 * Runs a script with `client`, a clickhouse-connect client of the given server, and `json` at hand.
 * @returns what its last line says, as JSON
 * @throws Error with Python's traceback
 */
export async function withPythonClient(url: string, script: string, clientOptions = ''): Promise<unknown> {
  const { hostname, port } = new URL(url);
  const head = `import json, clickhouse_connect
client = clickhouse_connect.get_client(host='${hostname}', port=${port}, ${clientOptions})
`;
  const { stdout } = await run(join(folder, 'bin', 'python'), ['-c', head + script]);
  return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
}
