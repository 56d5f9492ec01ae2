import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { readBody } from './body.ts';
import { DatabaseError, fromEngine } from './errors.ts';
import { type ExternalTable, readForm } from './external.ts';
import { type Query, runQuery } from './query.ts';
import { Reply } from './reply.ts';
import { type HttpQuery, readHttpQuery } from './request.ts';
import { answerPlainly } from './routes.ts';
import type { Service } from './service.ts';
import type { Done } from './summary.ts';

const LONGEST_HEADERS = 2 << 20;
const KEEP_ALIVE_MS = 10_000;

/** ClickHouse's HTTP interface over an engine. */
export function createHttpServer(service: Service): Server {
  const server = createServer({
    maxHeaderSize: LONGEST_HEADERS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    requestTimeout: 0,
  });
  return server.on('request', (request, response) => {
    const [path = '/', search = ''] = (request.url ?? '/').split(/\?(.*)/s);
    const parameters = new URLSearchParams(search);
    if (!answerPlainly(request, path, search, response)) void answer(request, parameters, response, service);
  });
}

async function answer(
  request: IncomingMessage,
  parameters: URLSearchParams,
  response: ServerResponse,
  service: Service,
): Promise<void> {
  const reply = new Reply(response, service.identity);
  const gone = new AbortController();
  response.once('close', () => response.writableFinished || gone.abort());
  try {
    refuseForeignPages(request);
    let http = readHttpQuery(request, parameters);
    authenticate(http, service);
    prepareReply(reply, http, request);
    const body = await readBody(request, service.decompress, () => service.pipes.newFile());
    let tables: ExternalTable[] = [];
    const type = request.headers['content-type'] ?? '';
    if (type.startsWith('multipart/form-data') && !body.rest) {
      tables = await readForm(body.bytes, type, parameters);
      http = {
        ...readHttpQuery(request, parameters),
        queryId: http.queryId,
      };
      body.bytes = Buffer.alloc(0);
    }
    reply.end(await inTurn({ http, body, tables, gone: gone.signal }, reply, service));
  } catch (error) {
    // What is left of the body is of no use, but the client may be writing it still.
    request.resume();
    reply.fail(fromEngine(error));
  }
}

/** Any page in the user's browser can send requests to this machine; only programs, and pages of ours, may ask. */
function refuseForeignPages({ headers: { origin, host } }: IncomingMessage): void {
  if (origin === undefined || (URL.canParse(origin) && new URL(origin).host === host)) return;
  throw new DatabaseError(497, 'ACCESS_DENIED', `Requests of pages from ${origin} are not answered.`);
}

function prepareReply(reply: Reply, http: HttpQuery, request: IncomingMessage): void {
  const hold = http.wholeBeforeSending ? Number.POSITIVE_INFINITY : http.bufferSize;
  const accepted = request.headers['accept-encoding'];
  reply.prepare(http.queryId, hold, http.compress && typeof accepted === 'string' ? accepted : '');
}

async function inTurn(query: Query, reply: Reply, service: Service): Promise<Done> {
  const { queryId } = query.http;
  if (service.running.has(queryId))
    throw new DatabaseError(
      216,
      'QUERY_WITH_SAME_ID_IS_ALREADY_RUNNING',
      `Query with id = ${queryId} is already running.`,
    );
  service.running.add(queryId);
  await service.gate.enter();
  try {
    return await runQuery(query, reply, service);
  } finally {
    service.gate.leave();
    service.running.delete(queryId);
  }
}

function authenticate({ user, password }: HttpQuery, service: Service): void {
  if (same(user, service.user) && same(password, service.password)) return;
  throw new DatabaseError(
    516,
    'AUTHENTICATION_FAILED',
    `${user}: Authentication failed: password is incorrect, or there is no user with such name.`,
  );
}

function same(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
