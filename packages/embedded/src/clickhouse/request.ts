import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { DatabaseError } from './errors.ts';

/** A query over HTTP, taken apart but not yet understood. */
export interface HttpQuery {
  /** The statement, or its beginning when the rest comes in the body. */
  query: string;
  queryId: string;
  user: string;
  password: string;
  database: string | null;
  defaultFormat: string | null;
  roles: string[];
  session: { id: string; timeoutS: number; check: boolean } | null;
  /** The engine's settings, as given. */
  settings: Map<string, string>;
  /** Values of `{name:Type}`, in the escaping of TabSeparated. */
  params: Map<string, string>;
  wholeBeforeSending: boolean;
  bufferSize: number;
  compress: boolean;
  readonly: boolean;
}

const LONGEST_SESSION_S = 3600;
const BUFFER_SIZE = 1 << 20;

/**
 * Reads what URL and headers say.
 * @throws DatabaseError naming the parameter that can't be read or isn't supported
 */
export function readHttpQuery(request: IncomingMessage, given: URLSearchParams): HttpQuery {
  const settings = new Map<string, string>();
  const params = new Map<string, string>();
  const own = new Map<string, string>();
  for (const [name, value] of given) {
    if (name.startsWith('param_')) params.set(name.slice('param_'.length), value);
    else if (OWN.has(name)) own.set(name, value);
    else settings.set(name, value);
  }
  for (const name of ['compress', 'decompress'])
    if (isOn(own.get(name)))
      throw new DatabaseError(
        48,
        'NOT_IMPLEMENTED',
        `URL parameter ${name}=1 (ClickHouse's own block compression) is not supported here; use HTTP compression (Content-Encoding, Accept-Encoding)`,
      );
  return {
    query: given.getAll('query').join(''),
    queryId: own.get('query_id') || randomUUID(),
    ...credentials(request, own),
    database: own.get('database') ?? header(request, 'x-clickhouse-database'),
    defaultFormat: own.get('default_format') || header(request, 'x-clickhouse-format'),
    roles: given.getAll('role'),
    session: session(own),
    settings,
    params,
    wholeBeforeSending: isOn(own.get('wait_end_of_query')) || isOn(settings.get('http_wait_end_of_query')),
    bufferSize: Number(own.get('buffer_size') ?? BUFFER_SIZE) || BUFFER_SIZE,
    // On is the engine's own default: the client's Accept-Encoding decides.
    compress: isOn(settings.get('enable_http_compression') ?? '1'),
    // What can be repeated must not write.
    readonly: request.method === 'GET' || request.method === 'HEAD',
  };
}

/** The parameters that are the interface's own; every other one is a setting of the engine. */
const OWN = new Set([
  'query',
  'query_id',
  'user',
  'password',
  'quota_key',
  'database',
  'default_format',
  'role',
  'session_id',
  'session_timeout',
  'session_check',
  'wait_end_of_query',
  'buffer_size',
  'compress',
  'decompress',
  'stacktrace',
  'client_protocol_version',
]);

const isOn = (value: string | undefined): boolean => value === '1' || value === 'true';

function header(request: IncomingMessage, name: string): string | null {
  const value = request.headers[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

function credentials(
  request: IncomingMessage,
  own: Map<string, string>,
): Pick<HttpQuery, 'user' | 'password'> {
  const user = header(request, 'x-clickhouse-user');
  const key = header(request, 'x-clickhouse-key');
  const authorization = header(request, 'authorization');
  const inUrl = own.has('user') || own.has('password');
  const ways = [user !== null || key !== null, authorization !== null, inUrl].filter(Boolean).length;
  if (ways > 1)
    throw new DatabaseError(
      516,
      'AUTHENTICATION_FAILED',
      'Invalid authentication: it is not allowed to use X-ClickHouse HTTP headers, the Authorization HTTP header and authentication via parameters simultaneously',
    );
  if (authorization !== null) return basic(authorization);
  const named = user ?? own.get('user');
  return {
    user: named || 'default',
    password: key ?? own.get('password') ?? '',
  };
}

function basic(authorization: string): { user: string; password: string } {
  const [, encoded] = /^Basic\s+(\S+)$/i.exec(authorization) ?? [];
  if (encoded === undefined)
    throw new DatabaseError(
      516,
      'AUTHENTICATION_FAILED',
      `Invalid authentication: '${authorization.split(' ')[0]}' HTTP Authorization scheme is not supported`,
    );
  const text = Buffer.from(encoded, 'base64').toString();
  const colon = text.indexOf(':');
  if (colon < 0) return { user: text || 'default', password: '' };
  return {
    user: text.slice(0, colon) || 'default',
    password: text.slice(colon + 1),
  };
}

function session(own: Map<string, string>): HttpQuery['session'] {
  const id = own.get('session_id');
  if (!id) return null;
  const written = own.get('session_timeout') ?? '60';
  const timeoutS = Number(written);
  if (!/^\d+$/.test(written))
    throw new DatabaseError(374, 'INVALID_SESSION_TIMEOUT', `Invalid session timeout: '${written}'`);
  if (timeoutS > LONGEST_SESSION_S)
    throw new DatabaseError(
      374,
      'INVALID_SESSION_TIMEOUT',
      `Session timeout '${written}' is larger than max_session_timeout: ${LONGEST_SESSION_S}. Maximum session timeout could be modified in configuration file.`,
    );
  return { id, timeoutS, check: isOn(own.get('session_check')) };
}
