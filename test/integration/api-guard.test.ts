import { createServer, get, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp, createAsker, keysOf, verifier } from '@tocsin/api';
import { createMetrics } from '@tocsin/metrics';
import { createLogger } from '@tocsin/runtime';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Api, startApi } from '../support/api.ts';
import { type Engine, startEngine } from '../support/fresh-store.ts';
import { feedBlocks, makeBlock } from '../support/store-feed.ts';
import { until } from '../support/until.ts';

const ISSUER = 'https://issuer.example';
const HOUR = Date.UTC(2026, 5, 8) / 1000;
const PERIOD = 'from=2026-06-08&to=2026-06-09';

let engine: Engine;
let api: Api;
/** As a deployment has it: an issuer's keys, by address. */
let issued: { url: string; stop(): Promise<void> };
let issuer: Server;
let jwks: object[] = [];
type Key = Awaited<ReturnType<typeof generateKeyPair>>['privateKey'];
let key: Key;

async function newKey(kid: string): Promise<Key> {
  const pair = await generateKeyPair('ES256', { extractable: true });
  jwks.push({ ...(await exportJWK(pair.publicKey)), kid, alg: 'ES256', use: 'sig' });
  return pair.privateKey;
}

beforeAll(async () => {
  engine = await startEngine();
  const store = await engine.freshStore();
  await feedBlocks(store, makeBlock(0, 0, [HOUR], 200));
  api = await startApi(store);
  key = await newKey('one');
  issuer = createServer((_, response) => response.end(JSON.stringify({ keys: jwks })));
  await new Promise<void>((resolve) => issuer.listen(0, '127.0.0.1', resolve));
  const app = await createApp({
    log: createLogger({ level: 'silent', name: 'api' }),
    metrics: createMetrics('api'),
    asker: createAsker(store, {
      queryTimeoutMs: 60_000,
      queryMemoryBytes: 1_000_000_000,
      exportTimeoutMs: 60_000,
    }),
    verify: verifier(keysOf(`http://127.0.0.1:${(issuer.address() as AddressInfo).port}/jwks`, 0), {
      issuer: ISSUER,
      audience: 'tocsin-api',
      algorithms: ['ES256'],
      clockSkewSeconds: 30,
    }),
    requestsAMinute: 1000,
    loopback: false,
    signIn: { by: 'token' },
  });
  issued = { url: await app.listen({ host: '127.0.0.1', port: 0 }), stop: () => app.close() };
});
afterAll(async () => {
  await issued?.stop();
  issuer?.close();
  await api?.stop();
  await engine?.stop();
});

interface Token {
  readonly expires?: string;
  readonly audience?: string;
  readonly issuer?: string;
  readonly claims?: Record<string, unknown>;
  readonly kid?: string;
}

const unsigned = ({ expires = '1 h', audience = 'tocsin-api', issuer = ISSUER, claims = {} }: Token) => ({
  claims: { sub: 'someone', role: 'supplier', party: 'sup-01', ...claims },
  fill: <T extends SignJWT | UnsecuredJWT>(token: T) =>
    token.setIssuer(issuer).setAudience(audience).setIssuedAt().setExpirationTime(expires) as T,
});

const sign = (token: Token = {}, by: Key = key) => {
  const { claims, fill } = unsigned(token);
  return fill(new SignJWT(claims))
    .setProtectedHeader({ alg: 'ES256', kid: token.kid ?? 'one' })
    .sign(by);
};

const ask = async (token: string | undefined, path = '/v1/me') =>
  fetch(issued.url + path, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } });

it.each<[string, string]>([
  ['that fails', 'fails'],
  ['that has no keys but a page', 'page'],
  ['that is away', 'away'],
])('an issuer %s is no fault of the token', async (_, how) => {
  const elsewhere = createServer((_request, response) => {
    response.writeHead(how === 'fails' ? 500 : 200, { 'content-type': 'text/html' }).end('<html></html>');
  });
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
  const { port } = elsewhere.address() as AddressInfo;
  if (how === 'away') await new Promise((resolve) => elsewhere.close(resolve));
  const trust = { issuer: ISSUER, audience: 'tocsin-api', algorithms: ['ES256'], clockSkewSeconds: 0 };
  const verify = verifier(keysOf(`http://127.0.0.1:${port}/jwks`), trust);
  await expect(verify(await sign())).rejects.toThrow("the issuer's keys can't be had");
  elsewhere.close();
});

describe('a token', () => {
  it('of the issuer says who asks, and whose devices they see', async () => {
    const response = await ask(await sign());
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ subject: 'someone', role: 'supplier', party: 'sup-01' });
  });

  it('that has just expired is believed for as long as clocks may differ', async () => {
    expect((await ask(await sign({ expires: '-5 s' }))).status).toBe(200);
  });

  it.each<[string, () => Promise<string | undefined>]>([
    ['is missing', async () => undefined],
    ['is no token', async () => 'abc'],
    ['has expired', () => sign({ expires: '-60 s' })],
    ['is for another audience', () => sign({ audience: 'another' })],
    ['is of another issuer', () => sign({ issuer: 'https://elsewhere.example' })],
    ['is signed by another key', async () => sign({}, (await generateKeyPair('ES256')).privateKey)],
    [
      'is signed by nobody',
      async () => {
        const { claims, fill } = unsigned({});
        return fill(new UnsecuredJWT(claims)).encode();
      },
    ],
    [
      'is signed by what everybody knows, the public key as a secret',
      async () => {
        const { claims, fill } = unsigned({});
        const secret = new TextEncoder().encode(JSON.stringify(jwks[0]));
        return fill(new SignJWT(claims)).setProtectedHeader({ alg: 'HS256', kid: 'one' }).sign(secret);
      },
    ],
    [
      'was changed after it was signed',
      async () => {
        const [head, , signature] = (await sign()).split('.');
        const claims = unsigned({ claims: { party: 'sup-02' } }).claims;
        return [head, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');
      },
    ],
    ['has a supplier’s role and no party', () => sign({ claims: { party: undefined } })],
    [
      'has an operator’s role and no party',
      () => sign({ claims: { role: 'network-operator', party: undefined } }),
    ],
    ['has a role that there is not', () => sign({ claims: { role: 'root' } })],
    ['has a party that is none', () => sign({ claims: { party: '' } })],
  ])('is refused that %s', async (_, make) => {
    const response = await ask(await make());
    expect([response.status, response.headers.get('content-type')]).toEqual([
      401,
      'application/problem+json; charset=utf-8',
    ]);
    expect(await response.json()).toMatchObject({ status: 401, title: 'Who asks is not known' });
  });

  it('of a key that is new is believed, of one that is gone no more', async () => {
    const next = await newKey('two');
    expect((await ask(await sign({ kid: 'two' }, next))).status).toBe(200);
    jwks = jwks.filter((one) => (one as { kid: string }).kid === 'one');
    const third = await newKey('three');
    expect((await ask(await sign({ kid: 'three' }, third))).status).toBe(200);
    expect((await ask(await sign({ kid: 'two' }, next))).status).toBe(401);
  });
});

describe('roles', () => {
  it.each([
    ['operations', undefined, 200],
    ['analyst', undefined, 200],
    ['analyst', 'sup-01', 403],
    ['supplier', 'sup-01', 403],
    ['network-operator', 'dno-01', 403],
  ])('%s of %s is told of the whole network: %s', async (role, party, status) => {
    expect((await api.get(`/v1/migration-gate?${PERIOD}`, await api.token(role, party))).status).toBe(status);
  });

  it('an analyst of a party is told what the supplier is', async () => {
    const path = `/v1/query?${PERIOD}&by=code,model&measures=alerts,devices`;
    const [analyst, supplier] = await Promise.all(
      ['analyst', 'supplier'].map(async (role) =>
        (await api.get(path, await api.token(role, 'sup-01'))).text(),
      ),
    );
    expect(analyst).toBe(supplier);
    expect(JSON.parse(analyst!).rows.length).toBeGreaterThan(0);
  });
});

describe('an answer', () => {
  const path = `/v1/query?${PERIOD}&by=code&measures=alerts,messages`;

  it('comes as JSON, CSV and NDJSON, and as nothing else', async () => {
    const token = await api.token('operations');
    const get = async (accept: string) => {
      const response = await api.get(path, token, { accept });
      return [response.headers.get('content-type'), await response.text()] as const;
    };
    const { rows } = JSON.parse((await get('application/json'))[1]) as { rows: { counts: object }[] };
    expect(rows).toHaveLength(3);
    const [type, csv] = await get('text/csv');
    expect(type).toBe('text/csv; charset=utf-8');
    expect(csv.split('\n')[0]).toBe('time,values.code,counts.alerts,counts.messages');
    expect(csv.trim().split('\n')).toHaveLength(4);
    const [, lines] = await get('application/x-ndjson');
    expect(
      lines
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual(rows);
    expect((await api.get(path, token, { accept: 'image/png' })).status).toBe(406);
  });

  it('is not sent again to whoever has it', async () => {
    const token = await api.token('operations');
    const etag = (await api.get(path, token)).headers.get('etag')!;
    expect((await api.get(path, token, { 'if-none-match': etag })).status).toBe(304);
    expect((await api.get(`${path}&limit=1`, token, { 'if-none-match': etag })).status).toBe(200);
  });

  it('is turned over page by page, each row once', async () => {
    const token = await api.token('operations');
    const whole = (await (await api.get(path, token)).json()) as { rows: unknown[] };
    const rows: unknown[] = [];
    let next: string | undefined = `${path}&pageSize=2`;
    for (; next; ) {
      const response = await api.get(next, token);
      rows.push(...((await response.json()) as { rows: unknown[] }).rows);
      next = /<([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1];
    }
    expect(rows).toEqual(whole.rows);
    const { headers } = await api.get(`${path}&pageSize=2`, token);
    const cursor = /cursor=([^&>]+)/.exec(headers.get('link')!)![1]!;
    for (const [other, by] of [
      [`0${cursor}`, token],
      [`${cursor}.more`, token],
      [cursor.replace(/^\d+/, '3'), token],
      [cursor, await api.token('analyst')],
    ] as const)
      expect((await api.get(`${path}&cursor=${other}`, by)).status).toBe(400);
    const foreign = await api.get(`${path}&cursor=2.abc`, token);
    expect(foreign.status).toBe(400);
  });

  it.each([
    ['from=yesterday&to=2026-06-09', 'from', 'yesterday', /a moment with its zone/],
    ['from=2026-06-09&to=2026-06-08', 'to', '2026-06-08', /after that of from/],
    ['from=1000-01-01&to=2026-06-08', 'from', '1000-01-01', /of 2000 to 2099/],
    [`${PERIOD}&by=device`, 'by', 'device', /one or more of code/],
    [`${PERIOD}&order=1;DROP`, 'order', '1;DROP', /one of time/],
    [`${PERIOD}&sql=SELECT`, 'sql', 'SELECT', /no field of that name/],
    [`${PERIOD}&party=sup-02`, 'party', 'sup-02', /no field of that name/],
    [`${PERIOD}&pageSize=0`, 'pageSize', '0', /from 1 to 10000/],
    [`${PERIOD}&code=8014&code=8015`, 'code', '8014,8015', /once: it is given 2 times/],
    [`${PERIOD}&network-operator=x`, 'network-operator', 'x', /no field of that name, but networkOperator/],
    [`${PERIOD}&model=${'x'.repeat(1200)}`, 'model', `${'x'.repeat(200)}…`, /at most 1000 characters/],
  ])('to %s names the field, its value and what was expected', async (query, field, value, expected) => {
    const response = await api.get(`/v1/query?${query}`, await api.token('supplier', 'sup-01'));
    const { errors } = (await response.json()) as { errors: object[] };
    expect([response.status, errors]).toEqual([
      400,
      [{ field, value, expected: expect.stringMatching(expected) }],
    ]);
  });
});

it('an address by another method than it has says which it has', async () => {
  const headers = { authorization: `Bearer ${await api.token('operations')}` };
  const response = await fetch(`${api.url}/v1/codes`, { method: 'DELETE', headers });
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  expect(await response.json()).toMatchObject({ status: 405, detail: 'DELETE: expected one of GET, HEAD' });
  expect((await fetch(`${api.url}/v1/codes`, { method: 'DELETE' })).status).toBe(401);
});

it('a query ends on the server when whoever asked goes away', async () => {
  const store = await engine.freshStore();
  // The question's own view, made slow: what is asked, and how, is as it always is.
  await store.command(
    `CREATE OR REPLACE VIEW code_dictionary AS
     SELECT 'AD1' AS alert_code, toString(sleepEachRow(1)) AS name, '' AS plain, false AS safety, '' AS criticality,
       '' AS always_on, '' AS mistaken_for, '' AS smets1, '' AS source
     FROM numbers(600) SETTINGS max_block_size = 1`,
  );
  const slow = await startApi(store);
  const gone = new AbortController();
  const asked = slow.get('/v1/codes', await slow.token('operations'), {}, gone.signal).catch(() => 'gone');
  const running = async () => {
    const [{ n }] = (await store.rows<{ n: number }>(
      `SELECT count() AS n FROM system.processes WHERE query LIKE '%code_dictionary%' AND query NOT LIKE '%system.processes%'`,
    )) as [{ n: number }];
    return n;
  };
  await until('the query to run', async () => (await running()) > 0);
  gone.abort();
  expect(await asked).toBe('gone');
  await until('the query to be gone', async () => (await running()) === 0);
  await slow.stop();
});

it('whoever asks too often is told to wait, and nobody else', async () => {
  const few = await startApi(await engine.freshStore(), { requestsAMinute: 2 });
  const times = async (n: number, path: string, token: string) => {
    const statuses: number[] = [];
    for (let i = 0; i < n; i++) statuses.push((await few.get(path, token)).status);
    return statuses;
  };
  const token = await few.token('supplier', 'sup-01');
  expect(await times(3, '/v1/me', token)).toEqual([200, 200, 429]);
  expect(await times(1, '/v1/nothing', token)).toEqual([429]);
  // Of the same role, by the same subject.
  expect(await times(1, '/v1/me', await few.token('supplier', 'sup-02'))).toEqual([200]);
  // Who guesses tokens is counted by where they come from.
  expect(await times(3, '/v1/me', 'abc.def.ghi')).toEqual([401, 401, 429]);
  expect(await times(1, '/v1/me', await few.token('supplier', 'sup-02'))).toEqual([200]);
  await few.stop();
});

it('what stands in the path is told there alone, and what can’t be read is a problem like any other', async () => {
  const token = await api.token('operations');
  const twice = await api.get('/v1/devices/0000000000002000?device=0000000000002001', token);
  expect([twice.status, await twice.json()]).toMatchObject([
    400,
    { errors: [{ field: 'device', value: '0000000000002001', expected: 'expected it in the path alone' }] },
  ]);
  const broken = await api.get('/v1/devices/%zz', token);
  expect([broken.status, broken.headers.get('content-type')]).toEqual([
    400,
    expect.stringMatching(/^application\/problem\+json/),
  ]);
});

it('is told in the formats that are asked for, however they are named, and says where rows were cut off', async () => {
  const token = await api.token('operations');
  const asked = async (accept: string, more: string) => {
    const response = await api.get(`/v1/query?${PERIOD}&by=code&${more}`, token, { accept });
    return [response.status, response.headers.get('content-type'), response.headers.get('x-more-rows')];
  };
  const csv = 'text/csv; charset=utf-8';
  expect(await asked('application/json; charset=utf-8', 'limit=1')).toEqual([
    200,
    'application/json; charset=utf-8',
    null,
  ]);
  expect(await asked('text/csv; header=present; q=0.9, application/json;q=0.1', 'limit=1')).toEqual([
    200,
    csv,
    'true',
  ]);
  expect(await asked('text/csv', 'limit=1000')).toEqual([200, csv, null]);
});

it('a page that another name leads here is told nothing on the loopback address', async () => {
  const { port } = new URL(api.url);
  const status = await new Promise((resolve) => {
    get({ host: '127.0.0.1', port, path: '/v1/health', headers: { host: 'foreign.example' } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
  });
  expect(status).toBe(401);
});

it('a session away from this machine goes over TLS alone, and is refused where no browser would keep it', async () => {
  const begin = async (claims: Record<string, unknown>) =>
    fetch(`${issued.url}/v1/session`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${await sign({ claims })}` },
    });
  const begun = await begin({});
  expect([begun.status, begun.headers.get('set-cookie')]).toEqual([
    ...[204, expect.stringMatching(/^tocsin=[\w.-]+; Path=\/; HttpOnly; SameSite=Strict; Secure$/)],
  ]);
  const refused = await begin({ groups: 'x'.repeat(4000) });
  expect([refused.status, refused.headers.get('set-cookie')]).toEqual([413, null]);
  expect(await refused.json()).toMatchObject({
    detail: expect.stringMatching(/^the token has \d+ letters: expected 3900 at most/),
  });
});
