import type { IncomingMessage, ServerResponse } from 'node:http';

const NO_HANDLE = `Use / or /ping for health checks.
Or /replicas_status for more sophisticated health checks.
Send queries from your program with POST method or GET /?query=...

Use clickhouse-client:

For interactive data analysis:
    clickhouse-client

For batch query processing:
    clickhouse-client --query='SELECT 1' > result
    clickhouse-client < query > result
`;

const HEALTH = new Set(['/', '/ping', '/replicas_status']);

/**
 * Answers everything that isn't a query, in the server's order: a POST is one under any path, a GET where its
 * URL has parameters.
 * @returns whether the request was answered
 */
export function answerPlainly(
  request: IncomingMessage,
  path: string,
  search: string,
  response: ServerResponse,
): boolean {
  const { method = '' } = request;
  const reading = method === 'GET' || method === 'HEAD';
  if (reading && (path === '/ping' || path === '/replicas_status')) return ok(response);
  if (method === 'POST' || (reading && search !== '')) return false;
  if (reading && HEALTH.has(path)) return ok(response);
  if (method === 'OPTIONS') return plain(response, 204, '', { Allow: 'GET, HEAD, POST, OPTIONS' });
  if (!reading)
    return plain(
      response,
      501,
      `Method ${method} is not supported: GET, HEAD, POST or OPTIONS was expected\n`,
    );
  return plain(response, 404, `There is no handle ${request.url}\n\n${NO_HANDLE}`);
}

function ok(response: ServerResponse): true {
  return plain(response, 200, 'Ok.\n', {
    'Content-Type': 'text/html; charset=UTF-8',
  });
}

function plain(
  response: ServerResponse,
  status: number,
  text: string,
  headers: Record<string, string> = {},
): true {
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=UTF-8',
    ...headers,
  });
  response.end(text);
  return true;
}
