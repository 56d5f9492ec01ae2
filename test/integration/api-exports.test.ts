import { createHash } from 'node:crypto';
import type { Store } from '@tocsin/clickhouse';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Api, startApi } from '../support/api.ts';
import { csvRows, exportFile, manifestOf } from '../support/exports.ts';
import { type Engine, startEngine } from '../support/fresh-store.ts';
import { feedBlocks, insertRows, makeBlock } from '../support/store-feed.ts';
import { until } from '../support/until.ts';

const HOUR = Date.UTC(2026, 5, 8) / 1000;
const PERIOD = 'from=2026-06-08T00:00:00Z&to=2026-06-09T00:00:00Z';
const PARQUET = 'application/vnd.apache.parquet';

let engine: Engine;
let store: Store;
let api: Api;

beforeAll(async () => {
  engine = await startEngine();
  store = await engine.freshStore();
  await feedBlocks(store, makeBlock(0, 0, [HOUR, HOUR + 3600], 200));
  api = await startApi(store);
});
afterAll(async () => {
  await api?.stop();
  await engine?.stop();
});

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

describe('a volume', () => {
  const path = `volume?${PERIOD}&class=amber&by=code,model,supplier&grain=hour&measures=alerts,devices`;

  it('comes whole, as CSV and as Parquet, each with its manifest', async () => {
    const token = await api.token('operations');
    const [csv, parquet] = [await exportFile(api, path, token), await exportFile(api, path, token, PARQUET)];
    const lines = csvRows(csv.bytes);
    expect(Object.keys(lines[0]!)).toEqual(['time', 'code', 'model', 'supplier', 'alerts', 'devices']);
    const file = new Uint8Array(parquet.bytes).buffer;
    const rows = await parquetReadObjects({ file, compressors });
    expect(lines.length).toBeGreaterThan(20);
    expect(rows.map(({ time, ...row }) => ({ time, ...row }))).toEqual(
      lines.map(({ time, alerts, devices, ...texts }) => ({
        ...{ ...texts, time: new Date(time!), alerts: BigInt(alerts!), devices: BigInt(devices!) },
      })),
    );
    for (const { bytes, manifest } of [csv, parquet])
      expect(manifest).toMatchObject({
        rows: rows.length,
        bytes: bytes.length,
        sha256: sha256(bytes),
        class: 'amber',
        party: null,
        period: { from: '2026-06-08T00:00:00Z', to: '2026-06-09T00:00:00Z' },
        data: { exact: true, ledger: { blocks: 1, messages: 197 } },
      });
    expect(Number(parquetMetadata(file).num_rows)).toBe(rows.length);
  });
});

describe('an export', () => {
  const GREEN = 'from=2026-06-08&to=2026-06-09&class=green';

  it.each([
    [`volume?${PERIOD}`, 'class', '', /one of red, amber, green, white/],
    [`volume?${PERIOD}&class=purple`, 'class', 'purple', /one of red, amber, green, white/],
    [`volume?${PERIOD}&class=red&limit=5`, 'limit', '5', /no field of that name/],
    [`volume?${PERIOD}&class=green`, 'from', '2026-06-08T00:00:00Z', /a day in London .* class is green/],
    [`volume?${GREEN}&by=code,model`, 'by', 'code,model', /some of code, kind, region/],
    [`volume?${GREEN}&grain=hour`, 'grain', 'hour', /none, day, week or month/],
    [`volume?${GREEN}&supplier=sup-01`, 'supplier', 'sup-01', /only filters by code/],
    [`suppression?${PERIOD}&class=red&device=1`, 'device', '1', /no field of that name/],
    ['suppression?from=2026-06-09&to=2026-06-08&class=red', 'to', '2026-06-08', /after that of from/],
  ])('of %s is refused by field, value and what was expected', async (path, field, value, expected) => {
    const response = await api.get(`/v1/exports/${path}`, await api.token('operations'));
    const { errors } = (await response.json()) as { errors: object[] };
    expect([response.status, errors[0]]).toEqual([
      400,
      { field, value, expected: expect.stringMatching(expected) },
    ]);
  });

  it.each([
    ['operations', undefined, 'white', 200],
    ['analyst', undefined, 'white', 200],
    ['analyst', 'sup-01', 'white', 403],
    ['supplier', 'sup-01', 'white', 403],
    ['network-operator', 'dno-01', 'white', 403],
    ['operations', undefined, 'red', 200],
    ['supplier', 'sup-01', 'red', 200],
    ['network-operator', 'dno-01', 'green', 200],
  ])('by %s of %s in %s: %s', async (role, party, of, status) => {
    const path = `/v1/exports/suppression?from=2026-06-08&to=2026-06-09&class=${of}`;
    const response = await api.get(path, await api.token(role, party));
    await response.arrayBuffer();
    expect(response.status).toBe(status);
  });

  it('has its manifest for whoever made it alone, after a restart as well', async () => {
    const path = `volume?${PERIOD}&class=amber&by=code`;
    const { response, manifest } = await exportFile(api, path, await api.token('operations'));
    const later = await startApi(store);
    const found = await later.get(manifestOf(response), await later.token('operations'));
    expect([found.status, await found.json()]).toEqual([200, manifest]);
    for (const [role, party] of [['analyst'], ['operations', 'sup-01'], ['supplier', 'sup-01']]) {
      const refused = await later.get(manifestOf(response), await later.token(role!, party));
      expect([refused.status, (await refused.text()).includes(manifest.sha256)]).toEqual([404, false]);
    }
    await later.stop();
  });

  it('as a page has sums of its rows, of any measure, with nothing from elsewhere', async () => {
    const token = await api.token('operations');
    const path = `volume?${PERIOD}&class=amber&by=code,model&grain=hour&measures=devices`;
    const page = await api.get(`/v1/exports/${path}`, token, { accept: 'text/html' });
    const html = await page.text();
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'unsafe-inline'/,
    );
    const rows = csvRows((await exportFile(api, path.replace('devices', 'alerts'), token)).bytes);
    const alerts = rows.reduce((sum, row) => sum + Number(row.alerts), 0);
    expect(html).toContain(`sums of the ${rows.length} rows of the whole file`);
    expect(html).toContain(`<td class="numbers">${alerts}</td>`);
    const ofCode = rows
      .filter(({ code }) => code === '8F3E')
      .reduce((sum, row) => sum + Number(row.alerts), 0);
    expect(html).toContain(`<tr><td>8F3E</td><td class="numbers">${ofCode}</td>`);
    for (const title of ['By hour, Europe/London', 'By code', 'By model'])
      expect(html).toContain(`>${title}</h2>`);
    expect(html.match(/<svg/g)).toHaveLength(3);
  });

  it('has no other form than these, and no manifest but its own', async () => {
    const token = await api.token('operations');
    const path = `/v1/exports/volume?${PERIOD}&class=red`;
    expect((await api.get(path, token, { accept: 'image/png' })).status).toBe(406);
    expect((await api.get('/v1/manifests/1', token)).status).toBe(400);
    // Its head would be all of it, for nobody.
    const head = await fetch(api.url + path, {
      method: 'HEAD',
      headers: { authorization: `Bearer ${token}` },
    });
    expect([head.status, head.headers.get('allow')]).toEqual([405, 'GET']);
  });
});

it('of days whose alerts are kept as counts alone there is no suppression report', async () => {
  await insertRows(store, 'sealed_versions', [
    { target: 'device_days', bucket: '2026-06-06 00:00:00', version: '01890000-0000-7000-8000-000000000000' },
  ]);
  const token = await api.token('operations');
  const asked = (from: string) =>
    api.get(`/v1/exports/suppression?from=${from}&to=2026-06-10&class=red`, token, { accept: 'text/csv' });
  const refused = await asked('2026-06-07');
  expect([refused.status, await refused.json()]).toMatchObject([
    404,
    {
      detail: expect.stringMatching(/^from 2026-06-07: alerts of before 2026-06-08 are kept as counts alone/),
    },
  ]);
  const told = await asked('2026-06-08');
  expect([told.status, csvRows(Buffer.from(await told.arrayBuffer())).length > 5]).toEqual([200, true]);
});

/** Of which the volume is made as wide as each test wants it. */
let wide: Store;
beforeAll(async () => {
  wide = await engine.freshStore();
});

/** Queries of exports that are under way on the server. */
async function running(): Promise<number> {
  const [row] = await wide.rows<{ n: number }>(
    `SELECT count() AS n FROM system.processes
     WHERE query LIKE '%party_volume(%' AND query NOT LIKE '%system.processes%'`,
  );
  return row!.n;
}

/** A volume of as many rows as one likes, by a view of the name and columns of the true one. */
const widen = (model: string, rows: number) =>
  wide.command(
    `CREATE OR REPLACE VIEW party_volume AS
     SELECT toDateTime({from:String}, 'UTC') AS hour, ${model} AS model, toUInt64(1) AS alerts, toUInt64(1) AS messages
     FROM numbers(${rows}) WHERE {to:String} > {from:String} AND {party:String} = '' SETTINGS max_block_size = 1000`,
  );
const WIDE = `/v1/exports/volume?${PERIOD}&class=amber&by=model`;
/** Of so many bytes that no buffers on the way take all of its rows. */
const MANY = "concat(repeat('x', 100), toString(number))";
const SLOW = 'toString(sleepEachRow(0.001))';

describe('a limit of the store', () => {
  it.each(['text/csv', PARQUET, 'text/html'])(
    'on memory is a problem before the first byte of %s',
    async (accept) => {
      await widen(MANY, 2_000_000);
      const small = await startApi(wide, { queryMemoryBytes: 20_000_000 });
      const response = await small.get(WIDE, await small.token('operations'), { accept });
      expect([response.status, response.headers.get('link')]).toEqual([422, null]);
      expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
      expect(await response.json()).toMatchObject({ detail: expect.stringContaining('QUERY_MEMORY_MB') });
      await small.stop();
    },
  );

  it('on time is a problem before the first byte', async () => {
    await widen(SLOW, 10_000_000);
    const brief = await startApi(wide, { exportTimeoutMs: 1000 });
    const response = await brief.get(WIDE, await brief.token('operations'), { accept: 'text/csv' });
    expect([response.status, await response.json()]).toMatchObject([504, { status: 504 }]);
    await brief.stop();
  });

  it('on time that is reached between bytes breaks the file off, which has no manifest', async () => {
    await widen(MANY, 600_000);
    const brief = await startApi(wide, { exportTimeoutMs: 10_000 });
    const token = await brief.token('operations');
    const response = await brief.get(WIDE, token, { accept: 'text/csv' });
    expect(response.status).toBe(200);
    const reader = response.body!.getReader();
    await reader.read();
    await until('the query to be ended', async () => (await running()) === 0);
    const rest = async () => {
      while (!(await reader.read()).done);
    };
    await expect(rest()).rejects.toThrow();
    expect((await brief.get(manifestOf(response), token)).status).toBe(404);
    await brief.stop();
  });
});

describe('when whoever asked goes away', () => {
  it.each([
    ['is still counted', SLOW, 10_000_000, false],
    ['comes already', MANY, 600_000, true],
  ])('while it %s, its query is gone and nothing is told whole', async (_, model, rows, comes) => {
    await widen(model, rows);
    const slow = await startApi(wide);
    const token = await slow.token('operations');
    const gone = new AbortController();
    const asked = slow.get(WIDE, token, {}, gone.signal);
    if (comes) {
      const response = await asked;
      await response.body!.getReader().read();
      expect(await running()).toBe(1);
      gone.abort();
      await until('the query to be gone', async () => (await running()) === 0);
      expect((await slow.get(manifestOf(response), token)).status).toBe(404);
    } else {
      asked.catch(() => {});
      await until('the query to run', async () => (await running()) > 0);
      gone.abort();
      await expect(asked).rejects.toThrow();
      await until('the query to be gone', async () => (await running()) === 0);
    }
    await slow.stop();
  });

  it('no more than two are under way for one asker', async () => {
    const api = await startApi(wide);
    const [token, other] = [await api.token('operations'), await api.token('analyst')];
    const [first, second] = [new AbortController(), new AbortController()];
    await widen(MANY, 600_000);
    // Held: what nobody holds any more is given up, and then it is under way no longer.
    const coming = await api.get(WIDE, token, {}, first.signal);
    expect(coming.status).toBe(200);
    await widen(SLOW, 10_000_000);
    api.get(WIDE, token, {}, second.signal).catch(() => {});
    await until('the second to run beside the first', async () => (await running()) === 2);
    // One comes, one is counted: any other would be over at once.
    await widen("'x'", 1);
    const statusFor = async (who: string) => {
      const response = await api.get(WIDE, who);
      await response.arrayBuffer();
      return response.status;
    };
    expect(await statusFor(token)).toBe(429);
    expect(await statusFor(other)).toBe(200);
    first.abort();
    await expect(coming.arrayBuffer()).rejects.toThrow();
    await until('one to be over', async () => (await statusFor(token)) === 200);
    second.abort();
    await until('the second to be gone', async () => (await running()) === 0);
    await api.stop();
  });
});
