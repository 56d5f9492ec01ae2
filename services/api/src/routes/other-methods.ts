import type { FastifyInstance } from 'fastify';
import { MethodNotAllowed } from '../problem.ts';

/**
 * To be called before any route is declared: what is returned declares, once all are, that each takes no other method than
 * those that it was declared with (RFC 9110, 15.5.6).
 */
export function otherMethods(app: FastifyInstance): () => void {
  const taken = new Map<string, Set<string>>();
  app.addHook('onRoute', ({ url, method }) => {
    taken.set(url, new Set([...(taken.get(url) ?? []), ...[method].flat()]));
  });
  return () => {
    for (const [url, methods] of [...taken]) {
      const allow = [...methods].sort().join(', ');
      app.route({
        method: app.supportedMethods.filter((one) => !methods.has(one)),
        url,
        schema: { hide: true },
        // Before anything is read of it.
        onRequest: async ({ method }, reply) => {
          reply.header('allow', allow);
          throw new MethodNotAllowed(`${method}: expected one of ${allow}`);
        },
        handler: () => undefined,
      });
    }
  };
}
