import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createStore, migrate, type Store } from '@tocsin/clickhouse';
import { startClickHouse } from '@tocsin/embedded';
import { UsageError } from '../options.ts';
import { type Asked, askLoaded, askNetwork, type Timed } from './asked.ts';
import { DAYS, fillNetwork } from './network.ts';
import { readAnswersOptions, USAGE } from './options.ts';

try {
  const options = readAnswersOptions(process.argv.slice(2));
  if (options === null) process.stdout.write(USAGE);
  else {
    const { data, deviceDays, runs, json } = options;
    const timed: Timed[] = [];
    if (data !== undefined)
      timed.push(await inStore(join(data, 'engines', 'clickhouse'), (asked) => askLoaded(asked, data, runs)));
    if (deviceDays !== undefined)
      timed.push(await inNewStore((asked) => overNetwork(asked, deviceDays, runs)));
    for (const one of timed) process.stdout.write(json ? `${JSON.stringify(one)}\n` : show(one));
  }
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`error: ${error.message}\n\n${USAGE}`);
  process.exitCode = 2;
}

async function overNetwork(asked: Asked, deviceDays: number, runs: number): Promise<Timed> {
  const found = await fillNetwork(asked.store, deviceDays);
  const timed = await askNetwork(asked, runs);
  return { ...timed, of: `${found.toLocaleString('en-GB')} device-days over ${DAYS} days` };
}

async function inNewStore<T>(work: (asked: Asked) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'tocsin-answers-'));
  try {
    return await inStore(folder, work);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function inStore<T>(dataDir: string, work: (asked: Asked) => Promise<T>): Promise<T> {
  const engine = await startClickHouse({ dataDir });
  let store: Store | undefined;
  try {
    await migrate({ url: engine.url });
    store = createStore({ url: engine.url, requestTimeoutMs: 600_000 });
    return await work({ store, pid: engine.pid });
  } finally {
    await store?.close();
    await engine.stop();
  }
}

function show({ of, questions }: Timed): string {
  const row = (name: string, ...cells: string[]) =>
    `${name.padEnd(44)}${cells.map((cell) => cell.padStart(10)).join('')}\n`;
  return (
    row(of, 'wall s', 'slowest', 'CPU s') +
    questions
      .map(({ name, wall, slowest, cpu }) => row(name, wall.toFixed(2), slowest.toFixed(2), cpu.toFixed(2)))
      .join('')
  );
}
