import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { UsageError } from '../errors.ts';
import type { Fault } from './row.ts';

const SHOWN = 10;

/** A row that was not taken, and one thing that is wrong with it. */
export interface Refusal extends Fault {
  readonly row: number;
}

/** Keeps the first refusals to be shown, and writes all of them to a CSV file where one is asked for. */
export interface Refusals {
  readonly first: readonly Refusal[];
  add(row: number, faults: readonly Fault[]): Promise<void>;
  /** Resolves once the file is whole. */
  end(): Promise<void>;
}

/** @throws UsageError where the file can't be written: before anything is sent */
export async function createRefusals(file: string | undefined): Promise<Refusals> {
  const first: Refusal[] = [];
  const out = file === undefined ? null : await openFile(file);
  const done = out === null ? Promise.resolve() : finished(out);
  // What goes wrong is thrown by end; until then nobody waits for it.
  done.catch(() => {});
  out?.write('row,field,value,expected\n');
  return {
    first,
    async add(row, faults) {
      for (const { field, value, expected } of faults) {
        if (first.length < SHOWN) first.push({ row, field, value, expected });
        const line = `${[String(row), field, value, expected].map(cell).join(',')}\n`;
        if (out !== null && !out.write(line)) await Promise.race([once(out, 'drain'), done]);
      }
    },
    async end() {
      out?.end();
      await done;
    },
  };
}

async function openFile(file: string): Promise<WriteStream> {
  const out = createWriteStream(file);
  try {
    await once(out, 'open');
    return out;
  } catch (error) {
    throw new UsageError(
      `--refused ${file}: expected a file that can be written: ${(error as Error).message}`,
    );
  }
}

export const showRefusal = ({ row, field, value, expected }: Refusal): string =>
  `row ${row}: ${field} ${value === '' ? 'says nothing' : `is ${JSON.stringify(value)}`}: expected ${expected}`;

const cell = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
