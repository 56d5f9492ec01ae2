import type { Body } from './body.ts';
import type { Connection } from './engine.ts';
import { DatabaseError, fromEngine } from './errors.ts';
import { createTables, type ExternalTable } from './external.ts';
import { runInsert } from './insert.ts';
import { kill, TAG, throughTag } from './kill.ts';
import { prepare, prepareForOnce } from './prepare.ts';
import type { Reply } from './reply.ts';
import type { HttpQuery } from './request.ts';
import { runRows } from './rows.ts';
import type { Service } from './service.ts';
import { parseInsert, parseStatement, type Statement } from './statement.ts';
import type { Done } from './summary.ts';

/** Everything about a query that is known before the engine sees it. */
export interface Query {
  http: HttpQuery;
  body: Body;
  tables: ExternalTable[];
  /** Aborted when the client has gone before its answer was complete. */
  gone: AbortSignal;
}

/** An insert's head is looked for in this much of the body; only then in all of it. */
const HEAD_BYTES = 64 << 10;
/** Commands that may be sent by GET in a session. */
const READS = new Set(['SET', 'EXPLAIN']);
/** Commands that the engine carries out even when it is to be read-only. */
const WRITES_UNSEEN = new Set(['INSERT', 'KILL']);

/**
 * Runs the statement that URL and body make together, and writes its result.
 * @returns what it did, for the answer's end: a client that has seen the end may use its session again at once
 */
export async function runQuery(query: Query, reply: Reply, service: Service): Promise<Done> {
  const { http } = query;
  try {
    return await (http.session
      ? inSession(http.session, query, reply, service)
      : alone(query, reply, service));
  } catch (error) {
    throw http.readonly ? explainGet(error) : error;
  }
}

async function alone(query: Query, reply: Reply, service: Service): Promise<Done> {
  const { http, tables } = query;
  const connection = service.connect(http.queryId);
  try {
    await prepare(connection, http);
    await createTables(connection, tables, () => service.pipes.newFile());
    // Last: it limits what may be set.
    if (http.readonly && !/^[12]$/.test(http.settings.get('readonly') ?? ''))
      await connection.query('SET readonly = 2');
    return await dispatch(connection, query, reply, service);
  } finally {
    connection.close();
  }
}

async function inSession(
  session: NonNullable<HttpQuery['session']>,
  query: Query,
  reply: Reply,
  service: Service,
): Promise<Done> {
  const connection = service.sessions.take(session);
  try {
    const restore = await prepareForOnce(connection, tagged(query.http));
    try {
      await createTables(connection, query.tables, () => service.pipes.newFile());
      return await dispatch(connection, query, reply, service);
    } finally {
      await restore();
    }
  } finally {
    service.sessions.give(session);
  }
}

async function dispatch(connection: Connection, query: Query, reply: Reply, service: Service): Promise<Done> {
  const { http, body } = query;
  const inUrl = http.query && (body.bytes.length > 0 || body.rest) ? `${http.query}\n` : http.query;
  const { text, statement } = read(inUrl, body);
  if (http.readonly) refuseWriting(statement, http.session !== null);
  if (statement.kind === 'insert') {
    const insert = { insert: statement, text, inUrl: inUrl.length, body };
    return runInsert(connection, insert, service.pipes.newFile());
  }
  const format = statement.format ?? http.defaultFormat ?? 'TabSeparated';
  reply.format(format, service.contentTypes.get(format.toLowerCase()));
  if (statement.kind === 'rows') {
    const running = () => runRows(connection, statement, format, reply, service.pipes);
    return whileWanted(query, service, running);
  }
  const sql = statement.word === 'KILL' ? throughTag(statement.text) : statement.text;
  const result = await connection.query(sql, format);
  await reply.write(Buffer.from(result.bytes.buffer, result.bytes.byteOffset, result.bytes.length));
  return result;
}

/** A session's connection got no tag when it was made. */
function tagged(http: HttpQuery): HttpQuery {
  return { ...http, settings: new Map([[TAG, http.queryId], ...http.settings]) };
}

/** What only reads is stopped when nobody waits for it any more; what writes goes on. */
async function whileWanted({ http, gone }: Query, service: Service, run: () => Promise<Done>): Promise<Done> {
  const ended = new AbortController();
  const stop = () => void kill(service, http.queryId, ended.signal);
  gone.throwIfAborted();
  gone.addEventListener('abort', stop, { once: true });
  try {
    return await run();
  } finally {
    gone.removeEventListener('abort', stop);
    ended.abort();
  }
}

/**
 * A session can't be made read-only for one query, since the engine doesn't take that back; elsewhere it lets
 * pass what isn't about a table: an insert into a file, the end of a query.
 */
function refuseWriting(statement: Statement, inSession: boolean): void {
  if (statement.kind === 'rows') return;
  const word = statement.kind === 'insert' ? 'INSERT' : statement.word;
  if (inSession ? READS.has(word) : !WRITES_UNSEEN.has(word)) return;
  throw new DatabaseError(164, 'READONLY', 'default: Cannot execute query in readonly mode.');
}

/** The engine doesn't know why it was told to be read-only. */
function explainGet(error: unknown): DatabaseError {
  const { code, type, text } = fromEngine(error);
  if (code !== 164 || !text.includes('Cannot execute query in readonly mode')) return fromEngine(error);
  return new DatabaseError(
    code,
    type,
    `${text} For queries over HTTP, method GET implies readonly. You should use method POST for modifying queries`,
  );
}

/** Only an insert may leave data behind its head; every other statement is read to its end. */
function read(inUrl: string, body: Body): { text: string; statement: Statement } {
  if (body.bytes.length > HEAD_BYTES || body.rest) {
    const text = inUrl + body.bytes.toString('utf8', 0, HEAD_BYTES);
    const statement = parseInsert(text);
    if (statement) return { text, statement };
  }
  if (body.rest)
    throw new DatabaseError(
      229,
      'QUERY_IS_TOO_LARGE',
      'Query is too large: 256 MiB at most, except the data of an INSERT',
    );
  const text = inUrl + body.bytes.toString();
  return { text, statement: parseStatement(text) };
}
