import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createStore, type Store } from '@tocsin/clickhouse';
import { startEmbedded } from '@tocsin/embedded';
import type { Course } from './contender.ts';
import { type Options, readOptions, USAGE, UsageError } from './options.ts';
import { profileProcessor } from './profile/profile-processor.ts';
import { figuresOf } from './report/figures.ts';
import { printReport } from './report/print.ts';
import { ratiosOf } from './report/ratios.ts';
import type { Report } from './report/report.ts';
import { runRounds } from './rounds.ts';
import { fillTopic } from './topic.ts';

const log = (line: string) => void process.stderr.write(`${line}\n`);

async function bench(options: Options): Promise<Report> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tocsin-bench-'));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      // All processes that we started end with us.
      rmSync(dataDir, { recursive: true, force: true });
      process.exit(1);
    });
  }
  const engines = await startEmbedded({ dataDir, log });
  const store = createStore({ url: engines.clickhouseUrl, database: 'default' });
  try {
    log(`producing ${options.messages} messages`);
    const topic = await fillTopic(engines.kafkaBrokers, join(dataDir, 'kafka'), options);
    return await measure({ engines, topic, env: process.env }, store, options);
  } finally {
    await store.close();
    await engines.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function measure(course: Course, store: Store, { rounds, compression }: Options): Promise<Report> {
  const { topic } = course;
  const { tocsin, engine, drain } = await runRounds(course, rounds, log);
  log('profiling the processor');
  const profile = await profileProcessor(course);
  const cores = availableParallelism();
  const [version] = await store.rows<{ clickhouse: string }>('SELECT version() AS clickhouse');
  const measured = rounds > 0;
  return {
    machine: { cores, cpu: cpus()[0]!.model, node: process.version, clickhouse: version!.clickhouse },
    course: {
      messages: topic.messages,
      bytesAMessage: topic.bytesAMessage,
      partitions: topic.partitions,
      compression,
      hours: topic.hours,
      rounds,
    },
    contenders: measured
      ? [
          figuresOf('Tocsin', tocsin, topic.messages, cores),
          figuresOf('Kafka engine', engine, topic.messages, cores),
          figuresOf('kafkajs alone', drain, topic.messages, cores),
        ]
      : [],
    ratios: measured ? ratiosOf(tocsin, engine, drain) : {},
    profile,
  };
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options === null) process.stdout.write(USAGE);
  else {
    const report = await bench(options);
    process.stdout.write(options.json ? `${JSON.stringify(report, null, 2)}\n` : printReport(report));
  }
} catch (error) {
  const isUsage = error instanceof UsageError;
  log(isUsage ? `error: ${error.message}\n(--help says how)` : String((error as Error).stack));
  process.exitCode = isUsage ? 2 : 1;
}
