import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';

const STORE = { CLICKHOUSE_URL: 'http://127.0.0.1:8123' };
const ISSUER = { AUTH_ISSUER: 'https://issuer.example', AUTH_JWKS: 'https://issuer.example/jwks' };

describe('the door', () => {
  it('opens on the loopback address unless told otherwise', () => {
    expect(readConfig(STORE)).toMatchObject({ API_HOST: '127.0.0.1', API_PORT: 8080 });
  });

  it.each(['0.0.0.0', '::', '192.0.2.1', 'api.example'])('opens on %s only with an issuer', (API_HOST) => {
    expect(() => readConfig({ ...STORE, API_HOST })).toThrow(/AUTH_ISSUER is not set/);
    expect(readConfig({ ...STORE, ...ISSUER, API_HOST })).toMatchObject({ API_HOST });
  });

  it('wants to know where an issuer has its keys', () => {
    expect(() => readConfig({ ...STORE, AUTH_ISSUER: ISSUER.AUTH_ISSUER })).toThrow(/AUTH_JWKS is not set/);
  });

  it('believes no keys that come without TLS from elsewhere', () => {
    const of = (AUTH_JWKS: string) => readConfig({ ...STORE, ...ISSUER, AUTH_JWKS });
    expect(() => of('http://issuer.example/jwks')).toThrow(/AUTH_JWKS.*expected the issuer’s keys by https/);
    for (const where of ['http://127.0.0.1:9/jwks', 'keys/jwks.json', ISSUER.AUTH_JWKS])
      expect(of(where)).toMatchObject({ AUTH_JWKS: where });
  });

  it.each([undefined, 'tocsin-issuer', 'https://', 'http://issuer.example', 'ftp://127.0.0.1'])(
    'has nobody sign in at the issuer %s',
    (AUTH_ISSUER) => {
      const env = { ...STORE, ...(AUTH_ISSUER && { ...ISSUER, AUTH_ISSUER }), AUTH_CLIENT_ID: 'console' };
      expect(() => readConfig(env)).toThrow(/AUTH_ISSUER.*expected the address of an issuer/);
      expect(readConfig({ ...STORE, ...ISSUER, AUTH_CLIENT_ID: 'console' })).toMatchObject({
        AUTH_SCOPE: 'openid',
      });
    },
  );

  it.each(['HS256', 'none', 'RS256,none'])('believes no token that is signed by %s', (AUTH_ALGORITHMS) => {
    expect(() => readConfig({ ...STORE, ...ISSUER, AUTH_ALGORITHMS })).toThrow(/expected some of/);
  });
});
