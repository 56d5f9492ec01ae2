import { setTimeout as delay } from 'node:timers/promises';
import { literal } from './prepare.ts';
import type { Service } from './service.ts';
import { tokens } from './tokens.ts';

/**
 * The engine gives its queries ids of its own and takes none from us. Ours travels in a setting that means
 * nothing without the query cache, and is seen in `system.processes`.
 */
export const TAG = 'query_cache_tag';

/** Makes a `KILL QUERY … query_id = …` mean the ids that clients gave. */
export function throughTag(sql: string): string {
  let out = '';
  let at = 0;
  for (const { kind, text, start, end } of tokens(sql)) {
    if (kind !== 'word' || text !== 'QUERY_ID') continue;
    out += `${sql.slice(at, start)}if(Settings['${TAG}'] != '', Settings['${TAG}'], query_id)`;
    at = end;
  }
  return out + sql.slice(at);
}

/** Ends a query whose client has gone. It may be on its way into the engine still, so this goes on until it is out. */
export async function kill(service: Service, queryId: string, ended: AbortSignal): Promise<void> {
  const connection = service.connect('');
  while (!ended.aborted) {
    await connection.query(`KILL QUERY WHERE Settings['${TAG}'] = ${literal(queryId)}`);
    await delay(50, undefined, { signal: ended }).catch(() => {});
  }
  connection.close();
}
