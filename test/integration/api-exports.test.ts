import { createHash } from 'node:crypto';
import type { Store } from '@tocsin/clickhouse';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Api, startApi } from '../support/api.ts';
import { csvRows, exportFile, manifestOf } from '../support/exports.ts';
import { type Engine, startEngine } from '../support/fresh-store.ts';
import { feedBlocks, makeBlock } from '../support/store-feed.ts';
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

describe('when whoever asked goes away', () => {
  /** Queries of exports that are under way on the server. */
  const running = async (of: Store) => {
    const [row] = await of.rows<{ n: number }>(
      `SELECT count() AS n FROM system.processes
       WHERE query LIKE '%party_volume(%' AND query NOT LIKE '%system.processes%'`,
    );
    return row!.n;
  };
  /** A volume of as many rows as one likes, by a view of the name and columns of the true one. */
  const widen = (of: Store, model: string, rows: number) =>
    of.command(
      `CREATE OR REPLACE VIEW party_volume AS
       SELECT toDateTime({from:String}, 'UTC') AS hour, ${model} AS model, toUInt64(1) AS alerts
       FROM numbers(${rows}) WHERE {to:String} > {from:String} AND {party:String} = '' SETTINGS max_block_size = 1000`,
    );
  const path = `/v1/exports/volume?${PERIOD}&class=amber&by=model`;

  it.each([
    ['is still counted', 'toString(sleepEachRow(0.001))', 10_000_000, false],
    ['comes already', 'toString(number)', 3_000_000, true],
  ])('while it %s, its query is gone and nothing is told whole', async (_, model, rows, comes) => {
    const wide = await engine.freshStore();
    await widen(wide, model, rows);
    const slow = await startApi(wide);
    const token = await slow.token('operations');
    const gone = new AbortController();
    const asked = slow.get(path, token, {}, gone.signal);
    if (comes) {
      const response = await asked;
      await response.body!.getReader().read();
      expect(await running(wide)).toBe(1);
      gone.abort();
      await until('the query to be gone', async () => (await running(wide)) === 0);
      expect((await slow.get(manifestOf(response), token)).status).toBe(404);
    } else {
      asked.catch(() => {});
      await until('the query to run', async () => (await running(wide)) > 0);
      gone.abort();
      await expect(asked).rejects.toThrow();
      await until('the query to be gone', async () => (await running(wide)) === 0);
    }
    await slow.stop();
  });
});
