import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { join, resolve } from 'node:path';
import { freePort, portFor } from '../free-port.ts';
import { type Exit, supervise } from '../supervise.ts';
import { waitUntilReady } from '../wait-until-ready.ts';
import { classArchive } from './class-archive.ts';
import { type KafkaJars, kafkaJars } from './jars.ts';
import { brokerProperties } from './properties.ts';
import { LOG4J, runJava } from './tools.ts';

/** Where the broker keeps its data and listens. `signal` gives up a start; `log` is told what takes long. */
export interface KafkaOptions {
  /** Everything of this broker: `log/` (records), `server.properties`, `kafka.log`. Made if missing. */
  dataDir: string;
  /** TCP port of the broker on 127.0.0.1; a free one if left out. */
  port?: number | undefined;
  /** Broker settings over ours, e.g. `{ 'offsets.retention.minutes': '1' }`. */
  config?: Record<string, string>;
  env?: NodeJS.ProcessEnv;
  signal?: AbortSignal | undefined;
  log?: ((line: string) => void) | undefined;
}

/** A broker that answers. `stop` sends SIGTERM, and SIGKILL where that does not end it in time. */
export interface Kafka {
  /** `127.0.0.1:<port>` */
  brokers: string;
  port: number;
  /** Process id of the broker's Java machine. */
  pid: number;
  exited: Promise<Exit>;
  stop(): Promise<void>;
}

/**
 * Starts a single KRaft node (broker and controller) on its data, formatting them at the first start.
 * @throws Error when Java or Maven is missing or the port is taken, or with the end of Kafka's log when it doesn't come up.
 */
export async function startKafka(options: KafkaOptions): Promise<Kafka> {
  const env = options.env ?? process.env;
  const jars = await kafkaJars('broker', env, options.log);
  const dataDir = resolve(options.dataDir);
  await mkdir(dataDir, { recursive: true });
  const port = await portFor('Kafka', options.port);
  const properties = join(dataDir, 'server.properties');
  const records = join(dataDir, 'log');
  await writeFile(properties, brokerProperties(port, await freePort(), records, options.config));
  await format(jars, properties, records, env);

  const log = join(dataDir, 'kafka.log');
  await writeFile(log, '');
  const heap = ['-Xms128m', '-Xmx512m', '-XX:+ExitOnOutOfMemoryError', `-Dlog4j2.configurationFile=${LOG4J}`];
  const archive = classArchive(jars);
  const machine = [...heap, ...archive.options, '-cp', jars.classPath];
  const engine = supervise(jars.java, [...machine, 'kafka.Kafka', properties], log, env);
  // Whoever waits for the end of the broker finds the archive kept; without it the next one only starts slower.
  const exited = engine.exited.then(async (exit) => {
    await archive.keep(exit).catch(() => {});
    return exit;
  });
  // A process that never began is told by who waits for it to be ready.
  exited.catch(() => {});
  const started = async () => (await readFile(log, 'utf8')).includes('Kafka Server started');
  const ready = async () => (await started()) && (await accepts(port));
  await waitUntilReady('Kafka', engine, log, ready, { signal: options.signal });
  return {
    brokers: `127.0.0.1:${port}`,
    port,
    pid: engine.pid,
    exited,
    async stop() {
      await engine.stop();
      await exited;
    },
  };
}

/** Kafka writes `meta.properties` last, so a format that was cut short is simply done again. */
async function format(
  jars: KafkaJars,
  properties: string,
  records: string,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  if (existsSync(join(records, 'meta.properties'))) return;
  const clusterId = randomBytes(16).toString('base64url');
  // Joined by `=`: an id may begin with a dash.
  const args = ['format', '--config', properties, `--cluster-id=${clusterId}`, '--ignore-formatted'];
  await runJava(jars, 'kafka.tools.StorageTool', args, { env });
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
