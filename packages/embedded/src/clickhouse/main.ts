import { type Connection, openEngine } from './engine.ts';
import { Gate } from './gate.ts';
import { TAG } from './kill.ts';
import { LISTENING } from './listening.ts';
import { Pipes } from './pipes.ts';
import { literal } from './prepare.ts';
import { createHttpServer } from './server.ts';
import { Sessions } from './sessions.ts';

/** The process behind the HTTP interface. What it must know stands in one environment variable. */
interface Settings {
  dataDir: string;
  /** For pipes and files that live as long as a query. */
  runDir: string;
  port: number;
  user: string;
  password: string;
  configFile?: string;
  /** Queries that may run at a time; further ones wait. */
  queries: number;
}

const { dataDir, runDir, port, user, password, configFile, queries } = JSON.parse(
  process.env.TOCSIN_CLICKHOUSE ?? '{}',
) as Settings;

const open = openEngine(dataDir, configFile);
/** Keeps the engine open between requests. It holds the folder's lock, so what follows has it alone. */
const first = open();
const [[version = '', timezone = '', displayName = ''] = []] = await table(
  first,
  'SELECT version(), timezone(), displayName()',
);
const formats = await table(first, 'SELECT lower(name), content_type FROM system.formats WHERE is_output');
const pipes = new Pipes(runDir);
const server = createHttpServer({
  connect: (queryId) => open(queryId ? { [TAG]: queryId } : {}),
  decompress: async (path, method) => {
    const connection = open();
    const blob = `SELECT raw FROM file(${literal(path)}, RawBLOB, 'raw String', ${literal(method)})`;
    const { bytes } = await connection.query(blob, 'RawBLOB').finally(() => connection.close());
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  },
  sessions: new Sessions(open),
  pipes,
  gate: new Gate(queries),
  running: new Set(),
  identity: { version, timezone, displayName },
  contentTypes: new Map(formats as [string, string][]),
  user,
  password,
});
server.once('error', (error) => {
  process.stderr.write(`${error.message}\n`);
  // At once: the engine's threads would hold up an orderly end.
  process.kill(process.pid, 'SIGKILL');
});
server.listen(port, '127.0.0.1', () => process.stdout.write(`${LISTENING}\n`));
process.once('SIGTERM', stop).once('SIGINT', stop);

/** Inserts that were acknowledged are on disk: nothing is lost by ending here. */
function stop(): void {
  server.close();
  server.closeAllConnections();
  process.kill(process.pid, 'SIGKILL');
}

async function table(connection: Connection, sql: string): Promise<string[][]> {
  const { bytes } = await connection.query(sql, 'TabSeparated');
  const lines = Buffer.from(bytes).toString().trimEnd().split('\n');
  return lines.map((line) => line.split('\t'));
}
