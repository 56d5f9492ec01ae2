import {
  type Env,
  host,
  integer,
  parseEnv,
  port,
  STORE_FIELDS,
  secret,
  text,
  watchFields,
} from '@tocsin/runtime';
import { z } from 'zod';

const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];
const LOOPBACK = ['127.0.0.1', '::1', 'localhost'];

/** What is said there, of who signs in or by which keys, is believed for the sake of its certificate. */
function isTrusted(address: string | undefined): boolean {
  if (address === undefined || !URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return (
    protocol === 'https:' || (protocol === 'http:' && LOOPBACK.includes(hostname.replace(/^\[|\]$/g, '')))
  );
}

/** The variables of the API, each with what it means. Off the loopback address it wants an issuer. */
export const CONFIG = z
  .object({
    ...STORE_FIELDS,
    ...watchFields(9468),
    API_HOST: host()
      .default('127.0.0.1')
      .describe('address that the next is opened on; any but this machine’s own wants AUTH_ISSUER'),
    API_PORT: port().default(8080).describe('port of the API; 0 takes a free one'),
    AUTH_ISSUER: text('expected an issuer, as its tokens name it')
      .optional()
      .describe('whose tokens are believed; without one those of this machine alone'),
    AUTH_JWKS: text('expected an address or a file of the issuer’s keys')
      .optional()
      .describe('address, or file, of the issuer’s keys (JWKS)'),
    AUTH_CLIENT_ID: text('expected an id')
      .optional()
      .describe(
        'what the issuer calls the console, whose users then sign in there; without one they give a token',
      ),
    AUTH_SCOPE: text().default('openid').describe('what the console asks the issuer for'),
    AUTH_AUDIENCE: text().default('tocsin-api').describe('whom a token must be for'),
    AUTH_ALGORITHMS: text()
      .default('RS256,ES256')
      .transform((names) => names.split(','))
      .refine((names) => names.every((name) => ALGORITHMS.includes(name)), {
        error: `expected some of ${ALGORITHMS.join(', ')}, divided by commas`,
      })
      .describe('by which a token may be signed'),
    AUTH_CLOCK_SKEW_SECONDS: integer(0, 300, 'seconds')
      .default(30)
      .describe('by which the issuer’s clock may differ'),
    API_KEY_FILE: text('expected a file')
      .optional()
      .describe('key of the tokens of `tocsin token`, for this machine alone; made if there is none'),
    API_TOKEN: secret(
      text('expected a token').refine((token) => token.length >= 16, {
        error: 'expected 16 letters or more, which nobody guesses',
      }),
    )
      .optional()
      .describe('token of the address that is shown at the start; by default a new one each time'),
    QUERY_TIMEOUT_SECONDS: integer(1, 600, 'seconds').default(60).describe('how long one query may take'),
    QUERY_MEMORY_MB: integer(50, 1_000_000, 'megabytes')
      .default(2000)
      .describe('what one query may take of the store’s memory'),
    EXPORT_TIMEOUT_SECONDS: integer(1, 86_400, 'seconds')
      .default(1800)
      .describe('how long one export may take to its last byte, however slowly it is read'),
    REQUESTS_A_MINUTE: integer(1, 1_000_000, 'requests')
      .default(600)
      .describe('how many requests are answered to one subject in a minute'),
  })
  .superRefine(({ API_HOST, AUTH_ISSUER, AUTH_JWKS, AUTH_CLIENT_ID }, { addIssue }) => {
    if (!LOOPBACK.includes(API_HOST) && AUTH_ISSUER === undefined)
      addIssue({
        code: 'custom',
        path: ['AUTH_ISSUER'],
        message: `expected an issuer, as the API is opened on ${API_HOST}`,
      });
    if (AUTH_ISSUER !== undefined && AUTH_JWKS === undefined)
      addIssue({
        code: 'custom',
        path: ['AUTH_JWKS'],
        message: 'expected an address or a file of the issuer’s keys',
      });
    if (AUTH_JWKS?.startsWith('http') && !isTrusted(AUTH_JWKS))
      addIssue({
        code: 'custom',
        path: ['AUTH_JWKS'],
        message: 'expected the issuer’s keys by https but on this machine, or in a file',
      });
    if (AUTH_CLIENT_ID !== undefined && !isTrusted(AUTH_ISSUER))
      addIssue({
        code: 'custom',
        path: ['AUTH_ISSUER'],
        message:
          'expected the address of an issuer, by https but on this machine, as the console signs in there (AUTH_CLIENT_ID)',
      });
  });

export type Config = z.output<typeof CONFIG>;

/** Throws ConfigError with all faults. */
export function readConfig(env: Env): Config {
  return parseEnv(CONFIG, env);
}

export const isLoopback = ({ API_HOST }: Config): boolean => LOOPBACK.includes(API_HOST);
