import kafkajs, { type Kafka, type LogEntry } from 'kafkajs';
import { registerCodecs } from './compression.ts';

const { logLevel } = kafkajs;

/** Where Kafka is, and as whom we connect. */
export interface KafkaConnection {
  /** `host:port` of at least one broker. */
  readonly brokers: readonly string[];
  readonly clientId: string;
  /** Takes what the client has to say; level as in pino. */
  readonly log?: (level: 'error' | 'warn' | 'info' | 'debug', message: string, fields: object) => void;
}

const LEVELS = { 1: 'error', 2: 'warn', 4: 'info', 5: 'debug' } as const;

/** A Kafka client that can read all four compressions. It connects when it is first used. */
export function connectKafka({ brokers, clientId, log }: KafkaConnection): Kafka {
  registerCodecs();
  return new kafkajs.Kafka({
    brokers: [...brokers],
    clientId,
    logLevel: log ? logLevel.INFO : logLevel.NOTHING,
    logCreator: () => (entry: LogEntry) => {
      const { message, timestamp: _, logger: __, ...fields } = entry.log;
      log?.(LEVELS[entry.level as keyof typeof LEVELS] ?? 'debug', message, fields);
    },
    retry: { retries: 8, initialRetryTime: 100, maxRetryTime: 3000 },
    connectionTimeout: 3000,
    requestTimeout: 30_000,
  });
}

/** What the client calls permanent although it may only be the state of a cluster that is coming up. */
const PASSING = [
  kafkajs.KafkaJSNumberOfRetriesExceeded,
  kafkajs.KafkaJSGroupCoordinatorNotFound,
  kafkajs.KafkaJSTimeout,
];

/** The client finds its connection gone between two of its own steps, and says so by a plain Error, not one of its own. */
const GONE = 'Broker not connected';

/**
 * Whether the same call may succeed later. The client says so itself, but an error that has used up its tries it wraps
 * as permanent, more than once where tries are nested: what it was at first stands in the cause.
 */
export function isRetryableKafkaError(error: unknown): boolean {
  if (error instanceof Error && error.message === GONE) return true;
  if (!(error instanceof kafkajs.KafkaJSError)) return false;
  if (error.retriable || PASSING.some((type) => error instanceof type)) return true;
  return isRetryableKafkaError(error.cause);
}
