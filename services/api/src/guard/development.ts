import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { createLocalJWKSet, exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose';
import { type Trust, type Verify, verifier } from './verify.ts';
import { type Viewer, viewerOf } from './viewer.ts';

const ALGORITHM = 'ES256';

/** Tokens of this machine, for the API on its loopback address alone. */
const TRUST: Trust = {
  issuer: 'tocsin-development',
  audience: 'tocsin-api',
  algorithms: [ALGORITHM],
  clockSkewSeconds: 0,
};

/** The private key in a file of its owner alone, made there if there is none. */
export async function developmentKey(file: string): Promise<JWK> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as JWK;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  const key = { ...(await exportJWK(privateKey)), alg: ALGORITHM, kid: 'development' };
  mkdirSync(dirname(file), { recursive: true });
  try {
    writeFileSync(file, JSON.stringify(key), { mode: 0o600, flag: 'wx' });
    return key;
  } catch (error) {
    // Another process was there first.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return JSON.parse(readFileSync(file, 'utf8')) as JWK;
  }
}

/** Believes the tokens that `signToken` made with this key, and refuses all others (Refused). */
export function developmentVerifier({ d: _, ...publicKey }: JWK): Verify {
  return verifier(createLocalJWKSet({ keys: [publicKey] }), TRUST);
}

/**
 * A token of this machine for a role, and a party where it has one, that holds for so many seconds.
 * @throws Refused where no such viewer may be
 */
export async function signToken(
  key: JWK,
  { role, party }: { readonly role: string; readonly party?: string | undefined },
  seconds: number,
): Promise<string> {
  const claims = { sub: `development-${role}`, role, ...(party === undefined ? {} : { party }) };
  viewerOf(claims) satisfies Viewer;
  return new SignJWT(claims)
    .setProtectedHeader({ alg: ALGORITHM, kid: key.kid ?? 'development' })
    .setIssuer(TRUST.issuer)
    .setAudience(TRUST.audience)
    .setIssuedAt()
    .setExpirationTime(`${seconds} s`)
    .sign(await importJWK(key, ALGORITHM));
}
