import { randomUUID } from 'node:crypto';
import accepts from '@fastify/accepts';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import { QUESTIONS } from '@tocsin/answers';
import type { Metrics } from '@tocsin/metrics';
import type { Logger } from '@tocsin/runtime';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { jsonSchemaTransform, serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { Ask, Asker, Begin, FindManifest, Summarise } from './asker.ts';
import { createUnderWay } from './exports/under-way.ts';
import { isOwnName } from './guard/address-token.ts';
import { cookieOf, tokenOf } from './guard/session.ts';
import type { Verify } from './guard/verify.ts';
import { askerOf, Refused, type Viewer } from './guard/viewer.ts';
import { PROBLEM_TYPE, problemOf, TooMany } from './problem.ts';
import { CONSOLE, consoleRoutes } from './routes/console.ts';
import { exportRoutes } from './routes/exports.ts';
import { otherMethods } from './routes/other-methods.ts';
import { questionRoute } from './routes/question.ts';
import { serviceRoutes } from './routes/service.ts';
import { type SignIn, signInRoutes } from './routes/sign-in.ts';

declare module 'fastify' {
  interface FastifyRequest {
    viewer: Viewer;
    ask: Ask;
    beginExport: Begin;
    findManifest: FindManifest;
    summarise: Summarise;
  }
  interface FastifyContextConfig {
    /** Told to whoever asks. */
    open?: boolean;
  }
}

/** Whom the API believes, whom it asks, and how many requests it answers to one subject in a minute. */
export interface AppOptions {
  readonly log: Logger;
  readonly metrics: Metrics<'api'>;
  readonly asker: Asker;
  readonly verify: Verify;
  readonly requestsAMinute: number;
  /** On the loopback address: requests by another name than this machine's are a foreign page's. */
  readonly loopback: boolean;
  readonly signIn: SignIn;
}

const LONGEST_ADDRESS = 200;

/** The API, whose routes are the questions; it does not listen yet. */
export async function createApp(options: AppOptions): Promise<FastifyInstance> {
  const { log, metrics, requestsAMinute, signIn } = options;
  const app = Fastify({
    genReqId: () => randomUUID(),
    bodyLimit: 1024,
    requestTimeout: 30_000,
    routerOptions: { maxParamLength: LONGEST_ADDRESS },
    // What has no route, as its address can't be read.
    frameworkErrors: (error, { id }, reply: FastifyReply) => {
      const problem = problemOf(error, id);
      reply.code(problem.status).type(PROBLEM_TYPE).send(JSON.stringify(problem));
    },
  });
  app.setValidatorCompiler(validatorCompiler).setSerializerCompiler(serializerCompiler);
  app.setErrorHandler((error, request, reply) => {
    // Nobody waits for what went wrong.
    if (request.raw.socket.destroyed) {
      reply.hijack();
      return;
    }
    const problem = problemOf(error, request.id);
    if (problem.status >= 500) log.error({ err: error, requestId: request.id }, 'request failed');
    // RFC 6750, 3.1: of a token that was not given nothing is wrong.
    const refused = tokenOf(request.headers) === undefined ? 'Bearer' : 'Bearer error="invalid_token"';
    if (problem.status === 401) reply.header('www-authenticate', refused);
    if (problem.status === 503) reply.header('retry-after', '10');
    reply.code(problem.status).type(PROBLEM_TYPE).send(JSON.stringify(problem));
  });
  app.addHook('onResponse', async ({ id, method, routeOptions, viewer }, reply) => {
    const route = routeOptions.url ?? 'none';
    metrics.requests.observe({ route, status: String(reply.statusCode) }, reply.elapsedTime / 1000);
    const { subject, role, party } = viewer ?? {};
    const took = Math.round(reply.elapsedTime);
    log.info(
      { requestId: id, method, route, status: reply.statusCode, ms: took, subject, role, party },
      'answered',
    );
  });
  const closeOtherMethods = otherMethods(app);
  await app.register(rateLimit, {
    max: requestsAMinute,
    timeWindow: '1 minute',
    keyGenerator: ({ viewer, ip }) => (viewer ? askerOf(viewer) : ip),
  });
  app.setNotFoundHandler({ preHandler: app.rateLimit() }, ({ id, method, url }, reply) => {
    const error = Object.assign(new Error(`${method} ${url}: /v1/openapi.json lists what there is`), {
      statusCode: 404,
    });
    reply
      .code(404)
      .type(PROBLEM_TYPE)
      .send(JSON.stringify(problemOf(error, id)));
  });
  guard(app, options);
  await app.register(helmet, {
    // The console needs nothing from elsewhere but the issuer's word for who signs in, and nothing of it may be shown within
    // another's page.
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        ...{ defaultSrc: ["'none'"], scriptSrc: ["'self'"], styleSrc: ["'self'"], imgSrc: ["'self'"] },
        ...{
          connectSrc: ["'self'", ...(signIn.by === 'issuer' ? [new URL(signIn.issuer).origin] : [])],
          formAction: ["'self'"],
          baseUri: ["'none'"],
          frameAncestors: ["'none'"],
        },
      },
    },
  });
  await app.register(accepts);
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Tocsin',
        version: '1',
        description: 'What the alert stream of a smart-metering network answers.',
      },
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
      security: [{ bearer: [] }],
    },
    transform: jsonSchemaTransform,
  });
  app.after(() => {
    for (const question of QUESTIONS) questionRoute(app, question);
    exportRoutes(app, createUnderWay());
    serviceRoutes(app);
    signInRoutes(app, options);
    closeOtherMethods();
    consoleRoutes(app);
  });
  await app.ready();
  return app;
}

/** Of media types nothing but their weight. */
const withoutParameters = (accept: string): string =>
  accept.replace(/\s*;\s*(?!q=)[\w-]+=("[^"]*"|[^;,]*)/gi, '');

/** Everything but what is open is told to those alone who are known, of their own devices, while they wait. */
function guard(app: FastifyInstance, { asker, verify, loopback, requestsAMinute }: AppOptions): void {
  const refusals = app.createRateLimit({
    max: requestsAMinute,
    timeWindow: '1 minute',
    keyGenerator: ({ ip }) => ip,
  });
  /** Whoever guesses tokens is told so only so often. */
  const known = (request: FastifyRequest, token: string) =>
    verify(token).catch(async (error) => {
      const limit = error instanceof Refused && (await refusals(request));
      if (limit && !limit.isAllowed && limit.isExceeded)
        throw new TooMany(`${requestsAMinute} tokens a minute from there that can't be believed`);
      throw error;
    });
  app.decorateRequest('viewer');
  app.decorateRequest('ask');
  app.decorateRequest('beginExport');
  app.decorateRequest('findManifest');
  app.decorateRequest('summarise');
  app.addHook('onRequest', async (request, reply) => {
    // What a format is told with, such as its letters, is not what it is chosen by.
    const { accept } = request.headers;
    if (accept !== undefined) request.raw.headers.accept = withoutParameters(accept);
    reply.header('x-request-id', request.id).header('cache-control', 'private, no-cache');
    reply.header('vary', 'Accept, Authorization, Cookie');
    if (loopback && !isOwnName(request.headers.host))
      throw new Refused('expected this machine by a name of its own');
    if (request.routeOptions.config.open) return;
    const token = tokenOf(request.headers);
    if (token === undefined) throw new Refused('expected Authorization: Bearer and a token');
    const gone = new AbortController();
    reply.raw.once('close', () => {
      if (!reply.raw.writableFinished) gone.abort();
    });
    request.viewer = await known(request, token);
    Object.assign(request, asker(request.viewer, gone.signal));
  });
  // The address that is shown at the start; what stands in it does not stay in the browser's.
  app.get<{ Querystring: { token?: unknown } }>('/', {
    config: { open: true },
    schema: { hide: true },
    handler: async (request, reply) => {
      const { token } = request.query;
      if (typeof token === 'string') {
        await known(request, token);
        reply.header('set-cookie', cookieOf(token, loopback));
      }
      reply.redirect(CONSOLE);
    },
  });
}
