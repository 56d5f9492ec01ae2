import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { tocsin } from '../support/service.ts';
import type { Options } from './options.ts';

const HOUR_MS = 3_600_000;
/** All of them in one day that is over, as a backlog of some hours is: hours are closed from the start. */
const HOURS = 6;
const FIRST_HOUR = 6;

/** The messages that every contender reads, and what is known of them before any does. */
export interface Topic {
  readonly name: string;
  readonly messages: number;
  readonly partitions: number;
  /** In Kafka's log, with key and compressed as it is. */
  readonly bytesAMessage: number;
  /** The hours of all of them: [from, to), `YYYY-MM-DD hh:mm:ss`. */
  readonly from: string;
  readonly to: string;
  readonly hours: number;
  /** By code, as the simulator drew them. */
  readonly truth: Readonly<Record<string, { readonly messages: number; readonly alerts: number }>>;
}

/**
 * Fills a topic once, by the simulator, with messages in JSON alone: the table engine reads nothing else.
 * @param kafkaDir where Kafka keeps its log
 */
export async function fillTopic(
  brokers: string,
  kafkaDir: string,
  { messages, compression }: Options,
): Promise<Topic> {
  const name = 'alerts';
  const start = startOfYesterday() + FIRST_HOUR * HOUR_MS;
  const truthFile = join(tmpdir(), `tocsin-bench-${process.pid}.json`);
  const { code, stdout, stderr } = await tocsin(['simulate'], {
    KAFKA_BROKERS: brokers,
    ALERTS_TOPIC: name,
    FEED_RATE: 'max',
    FEED_COUNT: String(messages),
    FEED_ENCODINGS: 'json:100',
    FEED_COMPRESSION: compression,
    FEED_START: new Date(start).toISOString(),
    FEED_SPACING_MS: String((HOURS * HOUR_MS) / messages),
    FEED_TRUTH: truthFile,
  });
  if (code !== 0) throw new Error(`simulate ended with ${code}: ${stdout.slice(-1000)}${stderr}`);
  const { accepted } = JSON.parse(await readFile(truthFile, 'utf8'));
  await rm(truthFile);
  const segments = await segmentsOf(kafkaDir, name);
  const sizes = await Promise.all(segments.map(async (path) => (await stat(path)).size));
  return {
    name,
    messages,
    partitions: new Set(segments.map(dirname)).size,
    bytesAMessage: sizes.reduce((sum, size) => sum + size, 0) / messages,
    from: moment(start),
    to: moment(start + HOURS * HOUR_MS),
    hours: HOURS,
    truth: accepted.byCode,
  };
}

async function segmentsOf(kafkaDir: string, topic: string): Promise<string[]> {
  const files = await readdir(kafkaDir, { recursive: true });
  const pattern = new RegExp(`(^|/)${topic}-\\d+/\\d+\\.log$`);
  return files.filter((file) => pattern.test(file)).map((file) => join(kafkaDir, file));
}

function startOfYesterday(): number {
  const day = 24 * HOUR_MS;
  return (Math.floor(Date.now() / day) - 1) * day;
}

function moment(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
}
