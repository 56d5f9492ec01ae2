import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { portFor } from '../free-port.ts';
import { type Exit, supervise } from '../supervise.ts';
import { waitUntilReady } from '../wait-until-ready.ts';
import { LISTENING } from './listening.ts';

const MAIN = fileURLToPath(new URL('../../dist/clickhouse/main.js', import.meta.url));
/** Each running query holds a thread of Node's pool. */
const THREADS = 64;
/** Threads are left over for statements that stop queries, and for compression. */
const QUERIES = 48;

/** Where the engine keeps its data, where it listens, and to whom. `signal` gives up a start that is under way. */
export interface ClickHouseOptions {
  /** Everything of this engine: `store/` (the database), `run/` (empty at rest), `clickhouse.log`. Made if missing. */
  dataDir: string;
  /** TCP port on 127.0.0.1; a free one if left out. */
  port?: number | undefined;
  /** The one user; `default` without a password if left out. */
  user?: string;
  password?: string;
  /** The engine's configuration, in the form of a server's: users and their grants are known, although nobody can be them. */
  configFile?: string;
  env?: NodeJS.ProcessEnv;
  signal?: AbortSignal | undefined;
}

/** An engine that answers. `stop` sends SIGTERM, and SIGKILL where that does not end it in time. */
export interface ClickHouse {
  /** `http://127.0.0.1:<port>`, with neither user nor password in it. */
  url: string;
  port: number;
  pid: number;
  exited: Promise<Exit>;
  stop(): Promise<void>;
}

/**
 * Starts the embedded ClickHouse in a process of its own, behind its HTTP interface.
 * @throws Error when this package isn't built or the port is taken, or with the end of the log when the engine doesn't come up.
 */
export async function startClickHouse(options: ClickHouseOptions): Promise<ClickHouse> {
  if (!existsSync(MAIN)) throw new Error(`${MAIN} is missing: build the packages first (npm run build)`);
  const dataDir = resolve(options.dataDir);
  const store = join(dataDir, 'store');
  await mkdir(store, { recursive: true });
  const port = await portFor('ClickHouse', options.port);
  const log = join(dataDir, 'clickhouse.log');
  await writeFile(log, '');
  const settings = {
    dataDir: store,
    runDir: join(dataDir, 'run'),
    port,
    user: options.user ?? 'default',
    password: options.password ?? '',
    configFile: options.configFile,
    queries: QUERIES,
  };
  const engine = supervise(process.execPath, [MAIN], log, {
    ...(options.env ?? process.env),
    NODE_OPTIONS: '',
    UV_THREADPOOL_SIZE: String(THREADS),
    TOCSIN_CLICKHOUSE: JSON.stringify(settings),
  });
  const url = `http://127.0.0.1:${port}`;
  const listening = async () => (await readFile(log, 'utf8')).includes(LISTENING);
  const ready = async () => (await listening()) && (await pings(url));
  await waitUntilReady('ClickHouse', engine, log, ready, { signal: options.signal });
  return {
    url,
    port,
    pid: engine.pid,
    exited: engine.exited,
    stop: () => engine.stop(),
  };
}

const pings = (url: string): Promise<boolean> =>
  fetch(`${url}/ping`).then(
    async (response) => (await response.text()) === 'Ok.\n',
    () => false,
  );
