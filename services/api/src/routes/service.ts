import { QUESTIONS } from '@tocsin/answers';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { ROLES, type Viewer } from '../guard/viewer.ts';
import { problems } from './problems.ts';
import { pathOf } from './question.ts';

/** Who asks, and where the questions stand that they may ask. */
const ME = z.strictObject({
  subject: z.string(),
  role: z.enum(ROLES),
  party: z.string().nullable(),
  questions: z.record(z.string(), z.string()),
});

const questionsOf = ({ party }: Viewer) =>
  Object.fromEntries(
    QUESTIONS.filter((question) => party === null || question.of === 'devices').map((question) => [
      question.name,
      pathOf(question),
    ]),
  );

const json = (schema: z.ZodType) => ({
  description: 'as it is now',
  content: { 'application/json': { schema } },
});

/** What is told of the service itself and of whoever asks. */
export function serviceRoutes(app: FastifyInstance): void {
  app.get('/v1/me', {
    schema: {
      operationId: 'me',
      summary:
        'who asks, in which role, whose devices they see, and where the questions stand that they may ask',
      tags: ['service'],
      response: {
        200: json(ME),
        ...problems(401, 429, 503),
      },
    },
    handler: async ({ viewer }) => {
      const { subject, role, party } = viewer;
      return { subject, role, party, questions: questionsOf(viewer) };
    },
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
