import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Api, startApi } from '../support/api.ts';
import { CANARY, feedApiWorld, OWN, ownDevice, PERIOD } from '../support/api-world.ts';
import { type Exported, exportFile, manifestOf } from '../support/exports.ts';
import { type Engine, startEngine } from '../support/fresh-store.ts';

let engine: Engine;
/** With the neighbour, and the same world without. */
let api: Api;
let alone: Api;
/** By whom: tokens of the one, and of the other. */
let own: [string, string];
let operations: [string, string];
let routes: Route[];
/** What is declared beside them, which answers with nothing. */
let untelling: string[];

interface Route {
  readonly id: string;
  readonly path: string;
  readonly network: boolean;
  readonly fields: readonly string[];
}

interface Operation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
}

beforeAll(async () => {
  engine = await startEngine();
  const [crowded, empty] = [await engine.freshStore(), await engine.freshStore()];
  await feedApiWorld(crowded, { canary: true });
  await feedApiWorld(empty, { canary: false });
  api = await startApi(crowded);
  alone = await startApi(empty);
  own = [await api.token('supplier', OWN), await alone.token('supplier', OWN)];
  operations = [await api.token('operations'), await alone.token('operations')];
  const { paths } = (await (await api.get('/v1/openapi.json')).json()) as {
    paths: Record<string, Record<string, Operation>>;
  };
  const operationsOf = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]) => ({ path, method, one })),
  );
  routes = operationsOf
    .filter(({ method }) => method === 'get')
    .map(({ path, one }) => ({
      id: one.operationId,
      path,
      network: one.tags.includes('network'),
      fields: (one.parameters ?? []).filter((field) => field.in === 'query').map(({ name }) => name),
    }));
  untelling = operationsOf.filter(({ method }) => method !== 'get').map(({ one }) => one.operationId);
});
afterAll(async () => {
  await api?.stop();
  await alone?.stop();
  await engine?.stop();
});

/** What each route is asked for beside its period, so that it tells of the world. */
const ASKED: Record<string, string> = {
  completeness: PERIOD,
  changes: PERIOD,
  stoppable: PERIOD,
  verdicts: PERIOD,
  spikes: PERIOD,
  volume: `${PERIOD}&by=code,model,firmware,manufacturer,supplier,responsible-party,network-operator,acting-party&measures=alerts,devices`,
  rollouts: 'at=2020-06-02',
  rollout: 'to=2020-06-02',
  suppression: PERIOD,
  'suppression-effect': 'code=8014&to=2020-06-02',
  silent: 'to=2020-06-02',
  blocked: PERIOD,
  'han-stability': PERIOD,
  chatter: PERIOD,
  capacity: PERIOD,
  'migration-gate': PERIOD,
  device: PERIOD,
  codes: '',
  parties: 'at=2020-06-02',
  'export-suppression': `${PERIOD}&class=red`,
  'export-volume': `${PERIOD}&class=red&by=code,model,firmware,manufacturer,supplier,responsible-party,network-operator,acting-party&measures=alerts,devices`,
  manifest: '',
  me: '',
  'sign-in': '',
  health: '',
};
const LISTS: Record<string, string> = {
  ...{ stoppable: 'actions', spikes: 'spikes', volume: 'rows', rollouts: 'rollouts', rollout: 'effects' },
  ...{
    suppression: 'rows',
    'suppression-effect': 'effects',
    silent: 'devices',
    blocked: 'devices',
    'han-stability': 'by',
  },
  ...{ chatter: 'devices', capacity: 'components', 'migration-gate': 'stretches', device: 'alerts' },
  ...{ codes: 'codes', parties: 'parties', completeness: 'regions' },
  ...{ changes: 'codes', verdicts: 'codes' },
};
/** How whole a region's feed is, is told to all who have devices: of shares, without whose they are. */
const REGIONAL = 'completeness';
/** Every list is paged by the same: it is tried of one. */
const PAGED = 'stoppable';
const PAGING = ['pageSize', 'cursor'];
/** An export is a file, and has no other form; of its manifest see below. */
const acceptOf = ({ id }: Route) => (id.startsWith('export-') ? 'text/csv' : 'application/json');
const NO_MANIFEST = '00000000-0000-4000-8000-000000000000';
const WORDS = Object.values(CANARY).filter((word) => word !== CANARY.code);

const addressOf = (
  { id, path }: Route,
  { rollout = 'wnc', device = ownDevice }: { rollout?: string; device?: string } = {},
  query = ASKED[id]!,
) =>
  `${path.replace('{rollout}', rollout).replace('{device}', device).replace('{id}', NO_MANIFEST)}${query && `?${query}`}`;

interface Answer {
  readonly status: number;
  readonly body: string;
  /** Status, headers but those of the moment, body. */
  readonly all: string;
}

async function toldOf(response: Response): Promise<Answer> {
  const passing = ['date', 'x-request-id', 'keep-alive', 'connection', /^x-ratelimit/];
  const headers = [...response.headers]
    .filter(([name]) => !passing.some((one) => (typeof one === 'string' ? one === name : one.test(name))))
    // Each export has a manifest of its own.
    .map(([name, value]) => [name, value.replace(/(?<=manifests\/)[\w-]+/, '')]);
  const { status } = response;
  const body = (await response.text()).replace(/"requestId":"[^"]+"/, '');
  return { status, body, all: `${status}\n${headers.map((one) => one.join(': ')).join('\n')}\n${body}` };
}

/** Neither world changes: what was asked of one by the same asker is known. */
const answers = new Map<string, Promise<Answer>>();
function answerOf(world: Api, address: string, token: string, accept = 'application/json'): Promise<Answer> {
  const asked = JSON.stringify([world.url, address, token, accept]);
  const answer = answers.get(asked) ?? world.get(address, token, { accept }).then(toldOf);
  answers.set(asked, answer);
  return answer;
}

/** All that is told in either world. */
const both = async (address: string, [here, there] = own, accept = 'application/json') => {
  const told = [answerOf(api, address, here, accept), answerOf(alone, address, there, accept)] as const;
  const [with_, without] = await Promise.all(told);
  return [with_.all, without.all] as const;
};

const telling = (text: string) => WORDS.filter((word) => text.toLowerCase().includes(word.toLowerCase()));

it('the routes are these', () => {
  expect(routes.map(({ id }) => id).sort()).toEqual(Object.keys(ASKED).sort());
  expect(routes).toHaveLength(25);
  expect(untelling.sort()).toEqual(['begin-session', 'end-session']);
});

it('a session is the token, and tells nothing', async () => {
  const session = `${api.url}/v1/session`;
  const begun = await fetch(session, { method: 'PUT', headers: { authorization: `Bearer ${own[0]}` } });
  expect([begun.status, await begun.text()]).toEqual([204, '']);
  const cookie = begun.headers.get('set-cookie')!;
  expect(cookie).toBe(`tocsin=${own[0]}; Path=/; HttpOnly; SameSite=Strict`);
  const me = await fetch(`${api.url}/v1/me`, { headers: { cookie: cookie.split(';')[0]! } });
  expect(await me.json()).toMatchObject({ role: 'supplier', party: OWN });
  const ended = await fetch(session, { method: 'DELETE' });
  expect([ended.status, ended.headers.get('set-cookie')]).toEqual([
    ...[204, 'tocsin=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict'],
  ]);
  const refused = await fetch(session, { method: 'PUT', headers: { authorization: 'Bearer forged' } });
  expect([refused.status, refused.headers.get('set-cookie')]).toEqual([401, null]);
});

it('with the own token each has rows, but those of the whole network', async () => {
  for (const route of routes) {
    const { status, body } = await answerOf(api, addressOf(route), own[0], acceptOf(route));
    if (route.id.startsWith('export-')) {
      expect([route.id, status, body.split('\n').length > 2]).toEqual([route.id, 200, true]);
      continue;
    }
    if (route.id === 'manifest') {
      expect(status).toBe(404);
      continue;
    }
    if (route.network) {
      expect([route.id, status]).toEqual([route.id, 403]);
      continue;
    }
    expect([route.id, status]).toEqual([route.id, 200]);
    const list = LISTS[route.id];
    if (list) expect([route.id, JSON.parse(body)[list].length > 0]).toEqual([route.id, true]);
  }
});

it('whoever sees all is told of the neighbour: there is something to be kept', async () => {
  const untold: string[] = [];
  for (const route of routes.filter(({ id }) => id !== 'manifest')) {
    const [address, accept] = [addressOf(route), acceptOf(route)];
    const { status, all } = await answerOf(api, address, operations[0], accept);
    expect([route.id, status]).toEqual([route.id, 200]);
    // By a name of its own, or by numbers that the other world has not.
    if (telling(all).length > 0) continue;
    if (all === (await answerOf(alone, address, operations[1], accept)).all) untold.push(route.id);
  }
  // Of one model, or of one device, or nobody's own.
  expect(untold.sort()).toEqual(['codes', 'device', 'health', 'me', 'rollout', 'sign-in', 'silent']);
});

describe('a party is told the same, to the last letter, as if the neighbour were not there', () => {
  it.each(['application/json', 'text/csv'])('in %s', async (accept) => {
    for (const route of routes) {
      const address = addressOf(route);
      const [with_, without] = await both(address, own, accept);
      expect([address, telling(with_)]).toEqual([address, []]);
      if (route.id !== REGIONAL) expect([address, with_]).toEqual([address, without]);
    }
  });

  it('in application/x-ndjson, which is the rows of JSON', async () => {
    for (const route of routes.filter(({ id, network }) => id in LISTS && !network)) {
      const address = addressOf(route);
      const lines = await answerOf(api, address, own[0], 'application/x-ndjson');
      expect([address, telling(lines.all)]).toEqual([address, []]);
      const rows: object[] = JSON.parse((await answerOf(api, address, own[0])).body)[LISTS[route.id]!];
      const text = rows.map((row) => `${JSON.stringify(row)}\n`).join('');
      expect([address, lines.status, lines.body]).toEqual([address, 200, text]);
    }
  });

  it('by any field, of the neighbour’s values', async () => {
    // What takes codes refuses anything else among them.
    for (const route of routes)
      for (const field of route.fields.filter((one) => route.id === PAGED || !PAGING.includes(one)))
        for (const words of /^codes?$/.test(field) ? [WORDS, [CANARY.code]] : [[...WORDS, CANARY.code]]) {
          const query = new URLSearchParams(ASKED[route.id]);
          query.set(field, words.join());
          const address = addressOf(route, {}, String(query));
          const [with_, without] = await both(address, own, acceptOf(route));
          expect([address, with_]).toEqual([address, without]);
        }
  });

  it('by the address of the neighbour’s rollout and device', async () => {
    for (const route of routes.filter(({ path }) => /\{(rollout|device)\}/.test(path)))
      for (const device of [CANARY.meter, CANARY.hub]) {
        const address = addressOf(route, { rollout: CANARY.rollout, device });
        const [with_, without] = await both(address);
        expect(with_.slice(0, 3)).toBe('404');
        const { status, all } = await answerOf(api, address, operations[0]);
        expect([address, status, telling(all).length > 0]).toEqual([address, 200, true]);
        expect([address, with_]).toEqual([address, without]);
      }
  });

  it('in any order, by any dimension and grain', async () => {
    const route = routes.find(({ id }) => id === 'volume')!;
    const dimensions =
      'code,firmware,model,manufacturer,kind,region,supplier,gas-supplier,network-operator,responsible-party,suppression,reason,remedy,acting-party'.split(
        ',',
      );
    const pairs = dimensions.flatMap((one, i) => (i % 2 === 0 ? [[one, dimensions[i + 1]!] as const] : []));
    for (const by of pairs)
      for (const [order, grain] of [
        [by[0], 'week'],
        [`-${by[1]}`, 'none'],
      ]) {
        const query = `${PERIOD}&by=${by}&measures=alerts,devices&order=${order}&grain=${grain}`;
        const address = addressOf(route, {}, query);
        const [with_, without] = await both(address);
        expect([address, with_]).toEqual([address, without]);
      }
  });

  it('in files of every class that it may make, and in their manifests', async () => {
    for (const [name, query] of [
      ['suppression', PERIOD],
      ['volume', `${PERIOD}&by=code,region,responsible-party&measures=alerts,devices`],
    ])
      for (const of of ['red', 'amber', 'green']) {
        const path = `${name}?${query}&class=${of}`;
        const [with_, without] = [await exportFile(api, path, own[0]), await exportFile(alone, path, own[1])];
        expect([path, telling(with_.bytes.toString())]).toEqual([path, []]);
        expect([path, with_.bytes.toString()]).toEqual([path, without.bytes.toString()]);
        // That something came in the network at all may be known; whose, and how much, not.
        const lasting = ({ manifest: { id: _, madeAt: __, data, ...rest } }: Exported) => ({
          ...rest,
          data: { ...data, version: '' },
        });
        expect([path, lasting(with_)]).toEqual([path, lasting(without)]);
        // Its devices are too few for green to tell of what they raised.
        if (path.startsWith('suppression') || of !== 'green') expect(with_.manifest.rows).toBeGreaterThan(0);
      }
  });

  it('of others’ exports, by the address of a manifest', async () => {
    const { response } = await exportFile(api, `suppression?${PERIOD}&class=red`, operations[0]);
    const address = manifestOf(response);
    expect((await api.get(address, operations[0])).status).toBe(200);
    const { all } = await toldOf(await api.get(address, own[0]));
    const [id] = address.split('/').slice(-1);
    const none = await toldOf(await api.get(address.replace(id!, NO_MANIFEST), own[0]));
    expect(all.replaceAll(id!, NO_MANIFEST)).toBe(none.all);
  });
});
