import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { developmentKey, signToken } from '@tocsin/api';
import { createStore, migrate, type Store } from '@tocsin/clickhouse';
import { startClickHouse } from '@tocsin/embedded';
import { type Service, startService } from '../../support/service.ts';
import { fillReport, PERIOD } from './fill.ts';
import { leave, type Taken, take } from './take.ts';

const USAGE = `Usage: npm run bench:export -- [options]

Writes meters and their alerts into a store of its own and reads the suppression report of them through the API, device
by device, as CSV and as Parquet: seconds, rows, whether rows and checksum are those of the manifest, and by how much
the API's memory grows from the first tenth of the file to its end. Then goes away in the middle of one, and prints
after how many seconds its query is gone from the engine. Needs Linux.

  --rows N   of the report, a multiple of ten (10000000)
  --help

Exit codes: 0 all is right, and within 120 s, 100 MB and 2 s; 1 something is not; 2 wrong usage.
`;
const MB = 1_000_000;
const MOST = { seconds: 120, growthBytes: 100 * MB, goneSeconds: 2 };
const PATH = `/v1/exports/suppression?${PERIOD}&class=red`;

const { values } = parseArgs({ options: { rows: { type: 'string' }, help: { type: 'boolean' } } });
const rows = Number(values.rows ?? 10_000_000);
if (values.help) process.stdout.write(USAGE);
else if (!Number.isInteger(rows) || rows < 10 || rows % 10 !== 0) {
  process.stderr.write(`error: --rows is "${values.rows}": expected a multiple of ten\n\n${USAGE}`);
  process.exitCode = 2;
} else process.exitCode = (await measure(rows)) ? 0 : 1;

async function measure(rows: number): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'tocsin-export-'));
  const engine = await startClickHouse({ dataDir: join(folder, 'clickhouse') });
  await migrate({ url: engine.url });
  const store = createStore({ url: engine.url, requestTimeoutMs: 600_000 });
  let api: Service | undefined;
  try {
    await fillReport(store, rows);
    const keyFile = join(folder, 'key.json');
    const token = await signToken(await developmentKey(keyFile), { role: 'operations' }, 86_400);
    api = startService(['api'], {
      ...{ CLICKHOUSE_URL: engine.url, API_PORT: '0', METRICS_PORT: '0', API_KEY_FILE: keyFile },
    });
    const { address } = await api.line('the API to listen', ({ msg }) => msg === 'API listens');
    const door = { url: address as string, token, pid: api.pid };
    const all = [
      await shown('CSV', rows, () => take(door, PATH, 'text/csv', join(folder, 'report.csv'))),
      await shown('Parquet', rows, () =>
        take(door, PATH, 'application/vnd.apache.parquet', join(folder, 'report.parquet')),
      ),
    ];
    const seconds = await leave(door, PATH, () => isGone(store));
    process.stdout.write(`gone ${seconds.toFixed(2)} s after its reader\n`);
    return all.every(Boolean) && seconds < MOST.goneSeconds;
  } catch (error) {
    for (const line of api?.lines ?? [])
      if (line.level === 'error') process.stderr.write(`${JSON.stringify(line)}\n`);
    throw error;
  } finally {
    await api?.kill();
    await store.close();
    await engine.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function shown(name: string, rows: number, act: () => Promise<Taken>): Promise<boolean> {
  const taken = await act();
  process.stdout.write(
    `${name.padEnd(8)} ${taken.rows.toLocaleString('en-GB')} rows, ${(taken.bytes / MB).toFixed(0)} MB in ${taken.seconds.toFixed(1)} s; ` +
      `rows and checksum ${taken.right ? 'as in the manifest' : 'DIFFER'}; memory grows by ${(taken.growthBytes / MB).toFixed(0)} MB\n`,
  );
  return (
    taken.right && taken.rows === rows && taken.seconds < MOST.seconds && taken.growthBytes < MOST.growthBytes
  );
}

async function isGone(store: Store): Promise<boolean> {
  const [row] = await store.rows<{ n: number }>(
    `SELECT count() AS n FROM system.processes
     WHERE query LIKE '%suppression_devices(%' AND query NOT LIKE '%system.processes%'`,
  );
  return row!.n === 0;
}
