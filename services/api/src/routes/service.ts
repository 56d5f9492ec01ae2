import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { ROLES } from '../guard/viewer.ts';
import { problems } from './problems.ts';

const json = (schema: z.ZodType) => ({
  description: 'as it is now',
  content: { 'application/json': { schema } },
});

/** What is told of the service itself and of whoever asks. */
export function serviceRoutes(app: FastifyInstance): void {
  app.get('/v1/me', {
    schema: {
      operationId: 'me',
      summary: 'who asks, in which role, and whose devices they see',
      tags: ['service'],
      response: {
        200: json(z.strictObject({ subject: z.string(), role: z.enum(ROLES), party: z.string().nullable() })),
        ...problems(401, 429, 503),
      },
    },
    handler: async ({ viewer: { subject, role, party } }) => ({ subject, role, party }),
  });
  app.get('/v1/health', {
    config: { open: true },
    schema: {
      operationId: 'health',
      summary: 'whether the service answers',
      tags: ['service'],
      security: [],
      response: { 200: json(z.strictObject({ ok: z.literal(true) })), ...problems(429) },
    },
    handler: async () => ({ ok: true as const }),
  });
  app.get('/v1/openapi.json', {
    config: { open: true },
    schema: { hide: true },
    handler: async () => app.swagger(),
  });
}
