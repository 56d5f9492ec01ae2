import {
  claimRedrive,
  countDeadLetters,
  createStore,
  type DeadLetter,
  type DeadLetterCount,
  type DeadLetterFilter,
  findDeadLetters,
  findDoubtful,
  recordRedrive,
  type Store,
} from '@tocsin/clickhouse';
import { createAlert, decode, formatEui64 } from '@tocsin/domain';
import { connectKafka, createProducer, ensureTopics, type ProducedRecord } from '@tocsin/kafka';
import type { readRedriveConfig } from '../config.ts';
import { CliError } from '../errors.ts';

export interface RedriveRequest {
  readonly filter: DeadLetterFilter;
  readonly limit: number;
  readonly dryRun: boolean;
  /** Also what can't be read as it is, to be rejected again. */
  readonly all: boolean;
  /** Bytes to put in place of the original ones; the filter must then leave one dead letter. */
  readonly mended: Buffer | null;
  /** What is known of the attempts that were killed between their intention and their record. */
  readonly settle: 'produced' | 'withdrawn' | null;
}

export interface Redriven {
  readonly dryRun: boolean;
  readonly counts: readonly DeadLetterCount[];
  /** Dead letters of the filter that can be read as things stand now. */
  readonly readable: number;
  readonly produced: number;
  /** Claimed by somebody else in the meantime. */
  readonly refused: number;
  /** Attempts settled by this call. */
  readonly settled: number;
}

const BATCH = 500;

/** Puts dead letters back on the topic of alerts, once per position. */
export async function redrive(
  options: ReturnType<typeof readRedriveConfig>,
  request: RedriveRequest,
): Promise<Redriven> {
  const store = createStore(options.connection);
  try {
    const settled = request.settle ? await settle(store, request.settle) : 0;
    const found = await findDeadLetters(store, request.filter, request.limit);
    const letters = request.mended ? [mend(found, request.mended)] : found;
    const readable = letters.filter(isReadable);
    const wanted = request.all ? letters : readable;
    if (request.mended && readable.length === 0) {
      throw new CliError('the bytes given with --with are no alert: `tocsin decode` says why');
    }
    const { produced, refused } =
      request.dryRun || wanted.length === 0
        ? { produced: 0, refused: 0 }
        : await putBack(store, options, wanted);
    const counts = await countDeadLetters(store, request.filter);
    return { dryRun: request.dryRun, counts, readable: readable.length, produced, refused, settled };
  } finally {
    await store.close();
  }
}

async function settle(store: Store, state: 'produced' | 'withdrawn'): Promise<number> {
  const doubtful = await findDoubtful(store, Date.now());
  for (const { attempt, ...position } of doubtful) await recordRedrive(store, attempt, [position], state);
  return doubtful.length;
}

function mend(found: readonly DeadLetter[], value: Buffer): DeadLetter {
  const [letter] = found;
  if (!letter || found.length > 1) {
    throw new CliError(`--with mends one dead letter, and the filter leaves ${found.length}`);
  }
  return { ...letter, value };
}

function isReadable({ value, takenAt }: DeadLetter): boolean {
  return decode(value, takenAt, createAlert()) === null;
}

async function putBack(
  store: Store,
  { brokers, topic }: ReturnType<typeof readRedriveConfig>,
  letters: readonly DeadLetter[],
): Promise<{ produced: number; refused: number }> {
  const kafka = connectKafka({ brokers, clientId: 'tocsin-redrive' });
  await ensureTopics(kafka, [topic]);
  const producer = await createProducer(kafka);
  const total = { produced: 0, refused: 0 };
  try {
    for (let at = 0; at < letters.length; at += BATCH) {
      const { attempt, claimed, refused } = await claimRedrive(store, letters.slice(at, at + BATCH));
      total.refused += refused.length;
      if (claimed.length === 0) continue;
      await producer.send(
        topic,
        claimed.map((letter) => toRecord(letter, attempt)),
      );
      await recordRedrive(store, attempt, claimed, 'produced');
      total.produced += claimed.length;
    }
  } finally {
    await producer.close();
  }
  return total;
}

function toRecord(letter: DeadLetter, attempt: string): ProducedRecord {
  const { stream, partition, offset, reason, takenAt, value } = letter;
  return {
    key: keyOf(letter),
    value,
    // The original time is the receivedAt of an encoding that has none. Kafka refuses times of the future.
    timestamp: Math.min(Math.max(takenAt, 0), Date.now()),
    headers: {
      'tocsin-redriven-from': `${stream}/${partition}/${offset}`,
      'tocsin-attempt': attempt,
      'tocsin-reason': reason,
      'tocsin-taken-at': String(takenAt),
    },
  };
}

/** The device, so that the alert comes where its like do; the original key where there is none to be read. */
function keyOf({ value, takenAt, key }: DeadLetter): string | Buffer | null {
  const alert = createAlert();
  if (decode(value, takenAt, alert) === null) return formatEui64(alert.device);
  return key.length > 0 ? key : null;
}
