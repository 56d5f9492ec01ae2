import { parseArgs } from 'node:util';

export const USAGE = `Usage: npm run bench -- [options]

Brings the same topic into the same table, in turn and on this machine: by Tocsin, by ClickHouse's own Kafka
table engine with materialized views, and by kafkajs alone, which stores nothing. Prints messages a second,
CPU and memory of every process, ratios, and a profile of the processor. Needs Linux, Java 17 and Maven.

  --messages N         messages in the topic (2000000)
  --rounds N           rounds, each with every contender once (3)
  --compression CODEC  of the topic: none, gzip, snappy or lz4 (none)
  --profile            the profile alone: one run of Tocsin, no rounds
  --json               print one JSON object instead of a table
  --help

The processor's settings (FETCH_MAX_BYTES=…, CONCURRENCY=…) and the builder's are taken from the environment.
Anything else that runs at the same time falsifies the numbers; how much that was is printed.
Exit codes: 0 measured; 1 failed, or what was stored differs; 2 wrong usage.
`;

const COMPRESSIONS = ['none', 'gzip', 'snappy', 'lz4'];

export interface Options {
  readonly messages: number;
  readonly rounds: number;
  readonly compression: string;
  readonly json: boolean;
}

export class UsageError extends Error {}

/** Null where help was asked for. @throws UsageError */
export function readOptions(args: readonly string[]): Options | null {
  const values = parse(args);
  if (values.help) return null;
  const compression = values.compression ?? 'none';
  if (!COMPRESSIONS.includes(compression))
    throw new UsageError(`--compression is "${compression}": expected one of ${COMPRESSIONS.join(', ')}`);
  return {
    messages: whole('--messages', values.messages ?? '2000000', 1000),
    rounds: values.profile ? 0 : whole('--rounds', values.rounds ?? '3', 1),
    compression,
    json: values.json ?? false,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        messages: { type: 'string' },
        rounds: { type: 'string' },
        compression: { type: 'string' },
        profile: { type: 'boolean' },
        json: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function whole(name: string, text: string, least: number): number {
  const value = Number(text);
  if (!/^\d{1,9}$/.test(text) || value < least)
    throw new UsageError(`${name} is "${text}": expected a whole number, at least ${least}`);
  return value;
}
