import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { type Input, readInputs } from '@tocsin/domain';
import { CliError } from '../errors.ts';

const NEWLINE = 0x0a;

/** The messages of a file, or of standard input for `-`. JSON lines come as they arrive; the rest at the end. */
export async function* readMessages(file: string): AsyncGenerator<Input> {
  if (file === '-') yield* messagesOf(process.stdin);
  else {
    await mustBeFile(file);
    yield* messagesOf(createReadStream(file));
  }
}

export async function* messagesOf(source: Readable): AsyncGenerator<Input> {
  let parts: Buffer[] = [];
  let kind: 'unknown' | 'lines' | 'whole' = 'unknown';
  let line = 0;
  for await (const chunk of source as AsyncIterable<Buffer>) {
    parts.push(chunk);
    if (kind === 'whole' || !chunk.includes(NEWLINE)) continue;
    let held = Buffer.concat(parts);
    // The first line decides: a file whose first line is an object by itself is one of JSON lines.
    if (kind === 'unknown')
      kind = isJsonObject(held.toString('utf8', 0, held.indexOf(NEWLINE))) ? 'lines' : 'whole';
    if (kind === 'lines') {
      for (let end = held.indexOf(NEWLINE); end >= 0; end = held.indexOf(NEWLINE)) {
        line += 1;
        if (!isBlank(held.subarray(0, end))) yield { where: `line ${line}`, value: held.subarray(0, end) };
        held = held.subarray(end + 1);
      }
    }
    parts = [held];
  }
  const rest = Buffer.concat(parts);
  if (kind !== 'lines') yield* readInputs(rest);
  else if (!isBlank(rest)) yield { where: `line ${line + 1}`, value: rest };
}

function isJsonObject(line: string): boolean {
  if (!line.trimStart().startsWith('{')) return false;
  try {
    return typeof JSON.parse(line) === 'object';
  } catch {
    return false;
  }
}

function isBlank(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0x20 || byte === 0x0d || byte === 0x09);
}

async function mustBeFile(file: string): Promise<void> {
  const found = await stat(file).catch((error: NodeJS.ErrnoException) => {
    throw new CliError(`${file}: ${error.code === 'ENOENT' ? 'no such file' : error.message}`);
  });
  if (found.isDirectory()) throw new CliError(`${file}: is a folder; name the files in it`);
}
