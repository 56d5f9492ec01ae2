import { unlink } from 'node:fs';
import { type Body, spool } from './body.ts';
import type { Connection } from './engine.ts';
import { literal } from './prepare.ts';
import type { Insert } from './statement.ts';
import type { Done } from './summary.ts';

/** An insert whose data follow its head in the URL, the body, or both. */
export interface InsertRequest {
  insert: Insert;
  /** URL and the beginning of the body, as the insert's offsets count. */
  text: string;
  /** Length of the part of `text` that came in the URL. */
  inUrl: number;
  body: Body;
}

/**
 * Puts the data in a file for the engine to read. Behind the statement's text, where the engine takes them
 * too, it goes through them three times as slowly, and misreads some formats.
 * @param path of the file, which is removed again
 */
export async function runInsert(
  connection: Connection,
  { insert, text, inUrl, body }: InsertRequest,
  path: string,
): Promise<Done> {
  try {
    await spool(dataOf(insert, text, inUrl, body), path);
    const { rowsRead, bytesRead, elapsed } = await connection.query(insert.fromFile(literal(path)));
    return { rowsWritten: rowsRead, bytesWritten: bytesRead, elapsed };
  } catch (error) {
    throw withoutFile(error, path);
  } finally {
    // Nobody waits for this; what a kill leaves there is removed at the next start.
    unlink(path, () => {});
  }
}

/** The body behind the head, and before it what the URL has behind the head. */
function dataOf({ dataAt }: Insert, text: string, inUrl: number, body: Body): Body {
  if (dataAt > inUrl)
    return { bytes: body.bytes.subarray(Buffer.byteLength(text.slice(inUrl, dataAt))), rest: body.rest };
  const urlData = text.slice(dataAt, inUrl).trim();
  if (!urlData) return body;
  return { bytes: Buffer.concat([Buffer.from(`${urlData}\n`), body.bytes]), rest: body.rest };
}

/** To the client its data came over HTTP. */
function withoutFile(error: unknown, path: string): unknown {
  if (!(error instanceof Error)) return error;
  const message = error.message
    .replaceAll(`: (in file/uri ${path})`, '')
    .replaceAll(` FROM INFILE ${literal(path)} COMPRESSION 'none' `, '');
  return new Error(message.replace(/: While executing File: data for INSERT was parsed from file/, ''));
}
