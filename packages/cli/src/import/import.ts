import { connectKafka, createProducer, ensureTopics, type ProducedRecord } from '@tocsin/kafka';
import { progressBar } from '../progress-bar.ts';
import type { Resolved } from './mapping.ts';
import { createRefusals, type Refusal } from './refused.ts';
import type { RowReader } from './row.ts';
import type { BrokenRow, Row, Source } from './sources/source.ts';

const BATCH = 1000;

export interface ImportOptions {
  readonly source: Source;
  readonly mapping: Resolved;
  readonly reader: RowReader;
  /** Takes records in their order; resolves once they are safe. */
  readonly send: (records: readonly ProducedRecord[]) => Promise<void>;
  /** CSV file for the list of all refused rows. */
  readonly refusedFile: string | undefined;
}

export interface Imported {
  readonly rows: number;
  readonly taken: number;
  readonly refused: number;
  /** The first of what is wrong; the file has all. */
  readonly refusals: readonly Refusal[];
}

/** Reads a table to its end, sends every row that can be taken, the next batch being read meanwhile. */
export async function importRows(options: ImportOptions): Promise<Imported> {
  const { source, mapping, reader, send, refusedFile } = options;
  const refusals = await createRefusals(refusedFile);
  const bar = progressBar({ unit: source.unit });
  let [taken, refused] = [0, 0];
  let batch: ProducedRecord[] = [];
  let sending: Promise<void> = Promise.resolve();
  const flush = async () => {
    await sending;
    const records = batch;
    batch = [];
    sending = send(records);
    // What fails is thrown where it is awaited, by the next batch or at the end.
    sending.catch(() => {});
    bar.show(source.done(), source.total);
  };
  const read = (row: Row | BrokenRow) =>
    'broken' in row
      ? { faults: [{ field: 'the whole row', value: '', expected: `a row (${row.broken})` }] }
      : reader.read(mapping.values(row.cells));
  try {
    for await (const row of source.rows(mapping.used)) {
      const record = read(row);
      if ('faults' in record) {
        refused += 1;
        await refusals.add(row.number, record.faults);
        continue;
      }
      taken += 1;
      batch.push(record);
      if (batch.length === BATCH) await flush();
    }
    await flush();
    await sending;
  } finally {
    bar.end();
    await refusals.end();
  }
  return { rows: taken + refused, taken, refused, refusals: refusals.first };
}

/** Somewhere for records to go: a topic, which is made if it is missing. */
export async function openTopic(brokers: readonly string[], topic: string) {
  const kafka = connectKafka({ brokers, clientId: 'tocsin-import' });
  await ensureTopics(kafka, [topic]);
  const producer = await createProducer(kafka, 'lz4');
  return {
    send: async (records: readonly ProducedRecord[]) => {
      if (records.length > 0) await producer.send(topic, records);
    },
    close: () => producer.close(),
  };
}
