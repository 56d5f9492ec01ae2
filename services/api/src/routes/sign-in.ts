import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { cookieOf, noCookie, tokenOf } from '../guard/session.ts';
import { problems } from './problems.ts';

/** How the console's users become known: by a token that they have, or by an issuer's word (OpenID Connect, code with PKCE). */
const SIGN_IN = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('token') }),
  z.strictObject({
    by: z.literal('issuer'),
    issuer: z.url(),
    clientId: z.string(),
    scope: z.string(),
    /** Whom tokens must be for. */
    audience: z.string(),
  }),
]);
export type SignIn = z.output<typeof SIGN_IN>;

/** Browsers drop a cookie of more than 4,096 bytes without a word (RFC 6265, 6.1). */
const LONGEST_TOKEN = 3900;

class TooLong extends Error {
  override readonly name = 'TooLong';
  readonly statusCode = 413;

  constructor(length: number) {
    super(`the token has ${length} letters: expected ${LONGEST_TOKEN} at most, for a browser to keep it`);
  }
}

const nothing = (description: string) => z.undefined().describe(description);

/** How to sign in, and the browser's session, which is the token that it keeps. */
export function signInRoutes(
  app: FastifyInstance,
  { signIn, loopback }: { readonly signIn: SignIn; readonly loopback: boolean },
): void {
  const schema = { tags: ['service'] };
  app.get('/v1/sign-in', {
    config: { open: true },
    schema: {
      ...{ ...schema, operationId: 'sign-in', summary: 'how the console’s users sign in', security: [] },
      response: {
        200: { description: 'as it is now', content: { 'application/json': { schema: SIGN_IN } } },
        ...problems(429),
      },
    },
    handler: async () => signIn,
  });
  app.put('/v1/session', {
    schema: {
      ...{
        ...schema,
        operationId: 'begin-session',
        summary: 'has the browser keep the token of this request',
      },
      response: { 204: nothing('kept in a cookie'), ...problems(401, 413, 429, 503) },
    },
    handler: async ({ headers }, reply) => {
      const token = tokenOf(headers)!;
      if (token.length > LONGEST_TOKEN) throw new TooLong(token.length);
      return reply.header('set-cookie', cookieOf(token, loopback)).code(204).send();
    },
  });
  app.delete('/v1/session', {
    config: { open: true },
    schema: {
      ...{ ...schema, operationId: 'end-session', summary: 'has the browser forget its token', security: [] },
      response: { 204: nothing('forgotten'), ...problems(429) },
    },
    handler: async (_, reply) => reply.header('set-cookie', noCookie(loopback)).code(204).send(),
  });
}
