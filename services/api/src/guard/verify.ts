import { readFileSync } from 'node:fs';
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  type JSONWebKeySet,
  type JWTVerifyGetKey,
  jwtVerify,
} from 'jose';
import { Refused, type Viewer, viewerOf } from './viewer.ts';

/** The keys of the issuer can't be had, so that nobody can be told apart from anybody. */
export class NoKeys extends Error {
  override readonly name = 'NoKeys';
}

/** Of the keys rather than of the token. */
const OF_KEYS = ['ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID', 'ERR_JOSE_GENERIC'];

export type Verify = (token: string) => Promise<Viewer>;

/** Which tokens are believed: of whom, for whom, signed how, and by a clock that differs by how much. */
export interface Trust {
  readonly issuer: string;
  readonly audience: string;
  /** Only these, whatever a token says of itself. */
  readonly algorithms: readonly string[];
  readonly clockSkewSeconds: number;
}

/** Keys of an issuer, from its address, where a key that is new is looked for anew, at most once in `cooldownDuration` ms, or from a file. */
export function keysOf(where: string, cooldownDuration = 30_000): JWTVerifyGetKey {
  if (/^https?:/.test(where))
    return createRemoteJWKSet(new URL(where), { timeoutDuration: 5000, cooldownDuration });
  return createLocalJWKSet(JSON.parse(readFileSync(where, 'utf8')) as JSONWebKeySet);
}

/** Who holds a token, by its signature; Refused where that, its issuer, its audience or its times don't hold, NoKeys where that can't be known. */
export function verifier(keys: JWTVerifyGetKey, trust: Trust): Verify {
  return async (token) => {
    const { payload } = await jwtVerify(token, keys, {
      issuer: trust.issuer,
      audience: trust.audience,
      algorithms: [...trust.algorithms],
      clockTolerance: trust.clockSkewSeconds,
      requiredClaims: ['exp', 'sub'],
    }).catch((error) => {
      if (error instanceof errors.JOSEError && !OF_KEYS.includes(error.code))
        throw new Refused(`the token can't be believed: ${error.message}`);
      throw new NoKeys("the issuer's keys can't be had", { cause: error });
    });
    return viewerOf(payload);
  };
}
