import { rm } from 'node:fs/promises';
import { type Body, spool } from './body.ts';
import type { Connection, Written } from './engine.ts';
import { fromEngine } from './errors.ts';
import { literal } from './prepare.ts';
import type { Insert } from './statement.ts';

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
 * From a file the engine reads data three times as fast as behind a statement, whose text it goes through
 * several times. What is smaller isn't worth a file.
 */
const WORTH_A_FILE = 64 << 10;

/** @param newFile names a file for the data; it is removed here */
export async function runInsert(
  connection: Connection,
  { insert, text, inUrl, body }: InsertRequest,
  newFile: () => string,
): Promise<Written> {
  const data = dataOf(insert, text, inUrl, body);
  if (!data.rest && data.bytes.length < WORTH_A_FILE && !insert.onlyFromFile)
    return insertBytes(connection, text.slice(0, insert.dataAt).trimEnd(), data.bytes);
  const path = newFile();
  try {
    await spool(data, path);
    const { rowsRead, bytesRead, elapsed } = await connection.query(insert.fromFile(literal(path)));
    return { rowsWritten: rowsRead, bytesWritten: bytesRead, elapsed };
  } catch (error) {
    throw withoutFile(error, path);
  } finally {
    await rm(path, { force: true });
  }
}

/** To the client its data came over HTTP. */
function withoutFile(error: unknown, path: string): unknown {
  if (!(error instanceof Error)) return error;
  const message = error.message.replaceAll(`: (in file/uri ${path})`, '');
  return new Error(message.replace(/: While executing File: data for INSERT was parsed from file/, ''));
}

/** The body behind the head, and before it what the URL has behind the head. */
function dataOf({ dataAt }: Insert, text: string, inUrl: number, body: Body): Body {
  if (dataAt > inUrl)
    return { bytes: body.bytes.subarray(Buffer.byteLength(text.slice(inUrl, dataAt))), rest: body.rest };
  const urlData = text.slice(dataAt, inUrl).trim();
  if (!urlData) return body;
  return { bytes: Buffer.concat([Buffer.from(`${urlData}\n`), body.bytes]), rest: body.rest };
}

async function insertBytes(connection: Connection, head: string, data: Buffer): Promise<Written> {
  try {
    return await connection.insert(head, data);
  } catch (error) {
    // A server takes no data as no rows.
    if (data.length === 0 && fromEngine(error).code === 108)
      return { rowsWritten: 0, bytesWritten: 0, elapsed: 0 };
    throw error;
  }
}
