import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { pythonWith } from './python-environment.ts';

const run = promisify(execFile);
const python = pythonWith(['clickhouse-connect==1.12.0', 'lz4==4.4.5']);

/** Whether Python and ClickHouse's own Python client can be used here. */
export const hasPythonClient = python !== null;

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
  const { stdout } = await run(python!, ['-c', head + script]);
  return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
}
