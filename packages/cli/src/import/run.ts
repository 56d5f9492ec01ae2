import { readYaml } from '@tocsin/runtime';
import { UsageError } from '../errors.ts';
import { alertRows } from './alert-row.ts';
import { type Imported, importRows, openTopic } from './import.ts';
import { createInstantReader, type InstantReader } from './instant.ts';
import { inventoryRows } from './inventory-row.ts';
import { MAPPING, type Mapping, resolve } from './mapping.ts';
import { openTable } from './open.ts';
import { showRefusal } from './refused.ts';

interface Wish {
  readonly map: Readonly<Record<string, string>>;
  readonly set: Readonly<Record<string, string>>;
  readonly mapping?: string;
  readonly timeZone?: string;
  readonly delimiter: string;
  readonly dryRun?: boolean;
  readonly refused?: string;
}

export interface ImportConfig {
  readonly topic: string;
  /** None in a dry run. */
  readonly brokers: readonly string[] | undefined;
  /** ms; of alerts, as the processor has them. */
  readonly futureTolerance: number;
  readonly retention: number;
  /** ms; of inventory, as its service has it. */
  readonly announce: number;
}

export interface Done extends Imported {
  readonly topic: string;
  /** Columns that no field was taken from. */
  readonly unused: readonly string[];
}

/** @throws UsageError, or FileError of the mapping, before anything is put on the topic */
export async function runImport(
  what: 'inventory' | 'alerts',
  file: string,
  wish: Wish,
  { topic, brokers, futureTolerance, retention, announce }: ImportConfig,
): Promise<Done> {
  const mapping = readMapping(wish);
  const readInstant = instantReader(mapping.timeZone);
  const now = () => Date.now();
  const limits = { futureTolerance, sealedBefore: now() - retention };
  const reader =
    what === 'inventory'
      ? inventoryRows({ readInstant, announceMs: announce, now })
      : alertRows({ readInstant, limits, now });
  const source = await openTable(file, wish.delimiter);
  const resolved = resolve(mapping, reader, source.columns);
  const out = brokers === undefined ? NOWHERE : await openTopic(brokers, topic);
  try {
    const imported = await importRows({
      source,
      mapping: resolved,
      reader,
      send: out.send,
      refusedFile: wish.refused,
    });
    return { topic, ...imported, unused: resolved.unused };
  } finally {
    await out.close();
  }
}

const NOWHERE = { send: async () => {}, close: async () => {} };

/** What the options say goes before what the file says. */
function readMapping({ mapping: file, map, set, timeZone }: Wish): Mapping {
  const mapping = file === undefined ? MAPPING.parse({}) : readYaml(MAPPING, file).value;
  return {
    fields: { ...mapping.fields, ...map },
    set: { ...mapping.set, ...set },
    values: mapping.values,
    timeZone: timeZone ?? mapping.timeZone,
  };
}

function instantReader(timeZone: string | undefined): InstantReader {
  try {
    return createInstantReader(timeZone ?? null);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UsageError(`no time zone ${JSON.stringify(timeZone)}: expected a name such as Europe/London`);
  }
}

/** The result in words: what was taken on standard output, what was not on standard error. */
export function showImport(done: Done, { dryRun, refused: file }: Wish): void {
  const { topic, rows, taken, refused, refusals, unused } = done;
  const where = dryRun ? `could go to ${topic}; nothing was put there` : `on ${topic}`;
  const not = [
    ...(unused.length > 0 ? [`columns not used: ${unused.join(', ')}`] : []),
    ...refusals.map(showRefusal),
    ...(refused > 0 ? [`${refused} of ${rows} rows refused${file ? `; all are in ${file}` : ''}`] : []),
  ];
  if (not.length > 0) process.stderr.write(`${not.join('\n')}\n`);
  process.stdout.write(`${taken} of ${rows} rows ${where}\n`);
}
