import { EXPORTS, type Export, type FORMATS, MANIFEST, Unknown } from '@tocsin/answers';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { UnderWay } from '../exports/under-way.ts';
import { NotAcceptable } from '../problem.ts';
import { held } from './held.ts';
import { problems } from './problems.ts';

/** Media types, the first that which is had without a wish. */
const TYPES: Readonly<Record<string, (typeof FORMATS)[number]>> = {
  'text/csv': 'csv',
  'application/vnd.apache.parquet': 'parquet',
};
/** Of the whole at a glance. */
const HTML = 'text/html';
/** Its style stands in it; nothing else is had, from anywhere. */
const OF_A_PAGE = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'";
const OFFERED = [...Object.keys(TYPES), HTML];

/** A route for each export, and one for the manifests of those that came to their end. */
export function exportRoutes(app: FastifyInstance, begin: UnderWay): void {
  for (const one of EXPORTS) exportRoute(app, one, begin);
  const ID = { id: z.uuid({ error: 'expected the id of an export, as its header Link has it' }) };
  app.get('/v1/manifests/:id', {
    schema: {
      operationId: 'manifest',
      summary:
        'of an export of yours that came to its end: its rows, checksum and data version; for thirty days',
      tags: ['exports'],
      params: z.strictObject(ID),
      response: {
        200: { description: 'of the whole file', content: { 'application/json': { schema: MANIFEST } } },
        ...problems(400, 401, 404, 429, 503),
      },
    },
    validatorCompiler: () => (value: unknown) => ({ value }),
    handler: async ({ params, findManifest }) => {
      const { id } = held(z.strictObject(ID), params as Record<string, unknown>);
      const manifest = await findManifest(id);
      if (manifest === null)
        throw new Unknown(
          'id',
          id,
          'expected that of an export of yours, of thirty days ago at most, that is whole',
        );
      return manifest;
    },
  });
}

function exportRoute(app: FastifyInstance, one: Export, begin: UnderWay): void {
  app.get(`/v1/exports/${one.name}`, {
    // Its head would cost as much as all of it.
    exposeHeadRoute: false,
    schema: {
      operationId: `export-${one.name}`,
      summary: one.summary,
      description:
        'Streamed, of any size. The header Link names its manifest (rel="describedby"), which is there once the last ' +
        'byte is: a file without one is not whole. As text/html: sums of its rows with plots. What each class leaves out, and ' +
        'why nothing small can be reckoned from it: packages/answers/src/exports/CLASSES.md.',
      tags: ['exports'],
      querystring: one.asked,
      response: {
        200: {
          description: 'the file',
          content: Object.fromEntries(OFFERED.map((type) => [type, { schema: z.string() }])),
        },
        ...problems(400, 401, 403, 404, 406, 422, 429, 503, 504),
      },
    },
    // Checked once, as a whole: what is asked may be wrong only together.
    validatorCompiler: () => (value: unknown) => ({ value }),
    handler: (request, reply) => send(one, begin, request, reply),
  });
}

async function send(one: Export, begin: UnderWay, request: FastifyRequest, reply: FastifyReply) {
  const type = request.accepts().type(OFFERED) as string | false;
  if (!type) throw new NotAcceptable(request.headers.accept, OFFERED);
  const given = request.query as Record<string, string>;
  const asked = held(one.asked, given);
  const over = begin(request.viewer);
  if (type === HTML) {
    const summary = await request.summarise({ one, given, asked }).finally(over);
    // What draws is wanted by whoever wants a plot.
    const { summaryHtml } = await import('@tocsin/document');
    return reply
      .type(`${HTML}; charset=utf-8`)
      .header('content-security-policy', OF_A_PAGE)
      .send(summaryHtml(summary));
  }
  const opened = await request.beginExport({ one, given, asked, format: TYPES[type]! }).catch((error) => {
    over();
    throw error;
  });
  opened.body.once('close', over);
  return reply
    .type(type === 'text/csv' ? `${type}; charset=utf-8; header=present` : type)
    .header('link', `</v1/manifests/${opened.id}>; rel="describedby"; type="application/json"`)
    .header('content-disposition', `attachment; filename="${opened.file}"`)
    .send(opened.body);
}
