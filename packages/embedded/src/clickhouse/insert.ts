import { rm } from 'node:fs/promises';
import { type Body, spool } from './body.ts';
import type { Connection, Written } from './engine.ts';
import { DatabaseError, fromEngine } from './errors.ts';
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

/** @param spoolPath where data go that don't fit in memory */
export async function runInsert(
  connection: Connection,
  request: InsertRequest,
  spoolPath: string,
): Promise<Written> {
  const { insert, text, inUrl, body } = request;
  const { dataAt } = insert;
  const urlData = text.slice(dataAt, inUrl).trim();
  const from = dataAt > inUrl ? Buffer.byteLength(text.slice(inUrl, dataAt)) : 0;
  if (body.rest) {
    if (urlData)
      throw new DatabaseError(
        48,
        'NOT_IMPLEMENTED',
        'Data both in the URL and in a large body are not supported here',
      );
    return insertFile(connection, request, from, spoolPath);
  }
  const inBody = body.bytes.subarray(from);
  return insertBytes(
    connection,
    text.slice(0, dataAt).trimEnd(),
    urlData ? Buffer.concat([Buffer.from(`${urlData}\n`), inBody]) : inBody,
  );
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

async function insertFile(
  connection: Connection,
  { insert: { dataAt, sourceAt, values }, text, body }: InsertRequest,
  from: number,
  path: string,
): Promise<Written> {
  try {
    await spool(body, from, path);
    const source = `FROM INFILE ${literal(path)} `;
    const end = values
      ? `${text.slice(sourceAt, dataAt).replace(/VALUES$/i, '')} FORMAT Values`
      : text.slice(sourceAt, dataAt);
    const done = await connection.query(`${text.slice(0, sourceAt)}${source}${end}`);
    return {
      rowsWritten: done.rowsRead,
      bytesWritten: done.bytesRead,
      elapsed: done.elapsed,
    };
  } finally {
    await rm(path, { force: true });
  }
}
