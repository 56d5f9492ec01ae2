import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** Where the console stands; its own addresses are below. */
export const CONSOLE = '/console/';
const FOREVER = 'public, max-age=31536000, immutable';

/** The console's files, which are told to anybody: whatever is shown in it is asked of the API. */
export function consoleRoutes(app: FastifyInstance): void {
  const root = dirname(createRequire(import.meta.url).resolve('@tocsin/console/index.html'));
  app.register(async (files) => {
    files.addHook('onRoute', (route) => {
      route.config = { ...route.config, open: true };
      route.schema = { ...route.schema, hide: true };
    });
    await files.register(fastifyStatic, {
      root: `${root}/assets`,
      prefix: `${CONSOLE}assets/`,
      // Compressed when they were built, and named by their content.
      preCompressed: true,
      cacheControl: false,
      setHeaders: (response, path) =>
        void response.header('cache-control', path.endsWith('.html') ? 'no-cache' : FOREVER),
    });
    // Whichever page it is, the address says it to the console.
    files.get(`${CONSOLE}*`, (_, reply) => reply.sendFile('index.html', root, { cacheControl: false }));
  });
}
