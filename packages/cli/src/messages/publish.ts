import { createAlert, decode, formatEui64 } from '@tocsin/domain';
import { connectKafka, createProducer, ensureTopics, type ProducedRecord } from '@tocsin/kafka';
import { CliError } from '../errors.ts';
import { readMessages } from './read.ts';

const BATCH = 1000;

export interface Published {
  readonly messages: number;
  /** Those among them that can't be read: the processor will reject them. */
  readonly unreadable: number;
}

/** Puts the messages of files on a topic, each under its device's id. */
export async function publishFiles(
  files: readonly string[],
  brokers: readonly string[],
  topic: string,
): Promise<Published> {
  const alert = createAlert();
  const published = { messages: 0, unreadable: 0 };
  const kafka = connectKafka({ brokers, clientId: 'tocsin-publish' });
  await ensureTopics(kafka, [topic]);
  const producer = await createProducer(kafka);
  let batch: ProducedRecord[] = [];
  const flush = async () => {
    if (batch.length > 0) await producer.send(topic, batch);
    published.messages += batch.length;
    batch = [];
  };
  try {
    for (const file of files) {
      for await (const input of readMessages(file)) {
        if ('fault' in input) throw new CliError(`${file}: ${input.where}: ${input.fault}`);
        const { value } = input;
        const readable = decode(value, Date.now(), alert) === null;
        if (!readable) published.unreadable += 1;
        batch.push({ key: readable ? formatEui64(alert.device) : null, value });
        if (batch.length === BATCH) await flush();
      }
    }
    await flush();
  } finally {
    await producer.close();
  }
  return published;
}
