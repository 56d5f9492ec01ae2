import { type Command, InvalidArgumentError } from 'commander';
import { CliError } from '../errors.ts';
import { folder } from '../options.ts';
import { helpTail, print } from '../output.ts';
import { stopSignal } from '../serve.ts';

interface Options {
  readonly data?: string;
  readonly kafkaPort?: number;
  readonly clickhousePort?: number;
}

export function embeddedCommand(program: Command): void {
  program
    .command('embedded')
    .summary('run Kafka and ClickHouse on this machine')
    .description(
      'Starts a real Kafka and the ClickHouse engine behind its HTTP interface, prints\n' +
        '{"kafkaBrokers":"…","clickhouseUrl":"…"} once both answer, and stays in front until SIGTERM.\n' +
        'Needs Java 17 and, the first time, Maven; the data survive restarts and kills.',
    )
    .option('--data <dir>', 'folder of both engines; in your data folder unless given', folder)
    .option('--kafka-port <n>', 'port of Kafka; a free one unless given', parsePort)
    .option('--clickhouse-port <n>', 'port of ClickHouse; a free one unless given', parsePort)
    .addHelpText(
      'after',
      helpTail(
        {
          'tocsin embedded': 'free ports, your data folder',
          'tocsin embedded --data /var/tmp/t --kafka-port 9092 --clickhouse-port 8123': 'fixed ones',
        },
        { 0: 'stopped as told', 1: 'an engine did not start, or ended by itself' },
      ),
    )
    .action(async ({ data, kafkaPort, clickhousePort }: Options) => {
      const [{ startEmbedded }, signal] = await Promise.all([import('@tocsin/embedded'), stopSignal()]);
      const stopped = new Promise<null>((resolve) => signal.addEventListener('abort', () => resolve(null)));
      const log = (line: string) => void process.stderr.write(`${line}\n`);
      const ports = { ...(kafkaPort && { kafkaPort }), ...(clickhousePort && { clickhousePort }) };
      const engines = await startEmbedded({ ...(data && { dataDir: data }), ...ports, signal, log }).catch(
        (error) => {
          if (signal.aborted) return null;
          throw error;
        },
      );
      if (engines === null) return;
      const { kafkaBrokers, clickhouseUrl } = engines;
      await print(`${JSON.stringify({ kafkaBrokers, clickhouseUrl })}\n`);
      const ended = await Promise.race([stopped, engines.exited]);
      await engines.stop();
      if (ended !== null) throw new CliError(`${ended} ended by itself; its log is in the data folder`);
    });
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535)
    throw new InvalidArgumentError('Expected a port, 0 to 65535.');
  return port;
}
