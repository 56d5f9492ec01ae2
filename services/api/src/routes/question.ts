import { createHash } from 'node:crypto';
import type { Question } from '@tocsin/answers';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { CSV_TYPE, JSON_TYPE, NDJSON_TYPE, represent, TYPES, type Type } from '../answer/formats.ts';
import { PAGING, pageOf } from '../answer/page.ts';
import { askerOf } from '../guard/viewer.ts';
import { BadRequest, NotAcceptable } from '../problem.ts';
import { held } from './held.ts';
import { problems } from './problems.ts';

/** Where a question is about one thing, or a query, its address says so; every other stands under its name. */
const PATHS: Readonly<Record<string, string>> = {
  device: '/v1/devices/:device',
  rollout: '/v1/rollouts/:rollout',
  silent: '/v1/rollouts/:rollout/silent',
  volume: '/v1/query',
};

/** Where a question stands, with `:name` for what it is about. */
export const pathOf = ({ name }: Question): string => PATHS[name] ?? `/v1/${name}`;

/** A route for a question, from what it says is asked and told. */
export function questionRoute(app: FastifyInstance, question: Question): void {
  const url = pathOf(question);
  const named = [...url.matchAll(/:(\w+)/g)].map(([, name]) => name!);
  const shape = Object.entries(question.asked.shape);
  const inAddress = Object.fromEntries(shape.filter(([name]) => named.includes(name)));
  const asked = Object.fromEntries(shape.filter(([name]) => !named.includes(name)));
  app.get(url, {
    schema: {
      operationId: question.name,
      summary: question.summary,
      tags: [question.of],
      ...(named.length > 0 ? { params: z.strictObject(inAddress) } : {}),
      querystring: z.strictObject({ ...asked, ...PAGING }),
      response: {
        200: {
          description: `JSON has the whole; CSV and NDJSON have the rows of ${question.list}, with x-more-rows where a limit cut them`,
          content: {
            [JSON_TYPE]: { schema: question.told },
            [CSV_TYPE]: { schema: z.string() },
            [NDJSON_TYPE]: { schema: z.string() },
          },
        },
        304: z.undefined().describe('what If-None-Match names by its ETag is as it was'),
        ...problems(400, 401, 403, 404, 406, 422, 429, 503, 504),
      },
    },
    // Checked once, as a whole: what is asked may be wrong only together.
    validatorCompiler: () => (value: unknown) => ({ value }),
    handler: (request, reply) => answer(question, request, reply),
  });
}

async function answer(question: Question, request: FastifyRequest, reply: FastifyReply) {
  const type = request.accepts().type([...TYPES]) as Type | false;
  if (!type) throw new NotAcceptable(request.headers.accept, TYPES);
  const { pageSize, cursor, ...query } = request.query as Record<string, unknown>;
  const named = request.params as Record<string, unknown>;
  for (const field of Object.keys(named).filter((name) => name in query))
    throw new BadRequest([{ field, value: String(query[field]), expected: 'expected it in the path alone' }]);
  const given = { ...named, ...query };
  const paging = held(z.strictObject(PAGING), { pageSize, cursor });
  const told = await request.ask(question, held(question.asked, given));
  const list = told[question.list] as readonly unknown[];
  const whose = askerOf(request.viewer);
  const page = pageOf(list, JSON.stringify([whose, question.name, Object.entries(given).sort()]), paging);
  if (page.next !== null) {
    const [path, text] = request.url.split('?', 2);
    const next = new URLSearchParams(text);
    next.set('cursor', page.next);
    reply.header('link', `<${path}?${next}>; rel="next"`);
  }
  reply.type(type === JSON_TYPE ? type : `${type}; charset=utf-8`);
  // JSON says so itself.
  if (type !== JSON_TYPE && told.more === true) reply.header('x-more-rows', 'true');
  const text = represent(type, { ...told, [question.list]: page.rows }, question.list, rowOf(question));
  const tag = `"${createHash('sha256').update(text).digest('base64url')}"`;
  reply.header('etag', tag);
  return isKnown(request.headers['if-none-match'], tag) ? reply.code(304).send() : text;
}

/** Schema of a row of what is told. */
const rowOf = ({ told, list }: Question) => ((told as z.ZodObject).shape[list] as z.ZodArray).element;

const isKnown = (known: string | undefined, tag: string): boolean =>
  known?.split(/\s*,\s*/).some((one) => one === '*' || one.replace(/^W\//, '') === tag) ?? false;
