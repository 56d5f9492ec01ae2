import {
  claimRedrive,
  countDeadLetters,
  createStore,
  type DeadLetter,
  type DeadLetterCount,
  type DeadLetterFilter,
  findDeadLetters,
  recordRedrive,
  type Store,
} from '@tocsin/clickhouse';
import { connectKafka, createProducer, ensureTopics, type Producer } from '@tocsin/kafka';
import type { readRedriveConfig } from '../config.ts';
import { CliError } from '../errors.ts';
import { type Judge, judgeOf } from './judge.ts';
import { toRecord } from './to-record.ts';

export interface RedriveRequest {
  readonly filter: DeadLetterFilter;
  /** The most to be put back. */
  readonly limit: number;
  readonly dryRun: boolean;
  /** Also what would be rejected again. */
  readonly all: boolean;
  /** Bytes to put in place of the original ones; the filter must then leave one dead letter. */
  readonly mended: Buffer | null;
}

export interface Redriven {
  readonly dryRun: boolean;
  /** Of the filter, after the call. */
  readonly counts: readonly DeadLetterCount[];
  /** Dead letters, up to the limit, that their service would accept as things stand now. */
  readonly readable: number;
  readonly produced: number;
  /** Claimed by somebody else in the meantime. */
  readonly refused: number;
}

type Options = ReturnType<typeof readRedriveConfig>;

const PAGE = 500;

/** Puts dead letters back on their topic, once per position. */
export async function redrive(options: Options, request: RedriveRequest): Promise<Redriven> {
  const store = createStore(options.connection);
  const deviceOf = judgeOf(options.kind, options);
  let producer: Producer | undefined;
  const total = { readable: 0, produced: 0, refused: 0 };
  try {
    for await (const letters of pages(store, deviceOf, request)) {
      total.readable += letters.filter((letter) => deviceOf(letter) !== null).length;
      if (request.dryRun) continue;
      producer ??= await openProducer(options);
      const { attempt, claimed, refused } = await claimRedrive(store, letters);
      total.refused += refused.length;
      if (claimed.length === 0) continue;
      const records = claimed.map((letter) => toRecord(letter, attempt, deviceOf(letter)));
      await producer.send(options.topic, records);
      await recordRedrive(store, attempt, claimed, 'produced');
      total.produced += claimed.length;
    }
    return { dryRun: request.dryRun, counts: await countDeadLetters(store, request.filter), ...total };
  } finally {
    await producer?.close();
    await store.close();
  }
}

/** What is to be put back, page by page, so that letters which nobody can read stand in nobody's way. */
async function* pages(
  store: Store,
  deviceOf: Judge,
  { filter, limit, all, mended }: RedriveRequest,
): AsyncGenerator<DeadLetter[]> {
  if (mended) return yield [await mend(store, deviceOf, filter, mended)];
  let left = limit;
  for (let after: DeadLetter | undefined; left > 0; ) {
    const page = await findDeadLetters(store, filter, PAGE, after);
    const wanted = all ? page : page.filter((letter) => deviceOf(letter) !== null);
    const letters = wanted.slice(0, left);
    if (letters.length > 0) yield letters;
    left -= letters.length;
    after = page.at(-1);
    if (page.length < PAGE) return;
  }
}

async function mend(
  store: Store,
  deviceOf: Judge,
  filter: DeadLetterFilter,
  value: Buffer,
): Promise<DeadLetter> {
  const [letter, another] = await findDeadLetters(store, filter, 2);
  if (!letter || another) {
    throw new CliError(`--with mends one dead letter, and the filter leaves ${another ? 'several' : 'none'}`);
  }
  // The key will be the device's, whatever the original one was.
  const mended = { ...letter, key: Buffer.alloc(0), value };
  if (deviceOf(mended) === null) {
    throw new CliError('the bytes given with --with would be rejected again: `tocsin decode` says more');
  }
  return mended;
}

async function openProducer({ brokers, topic }: Options): Promise<Producer> {
  const kafka = connectKafka({ brokers, clientId: 'tocsin-redrive' });
  await ensureTopics(kafka, [topic]);
  return createProducer(kafka);
}
