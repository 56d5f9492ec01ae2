import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { DASHBOARDS } from './index.ts';

const read = (kind: string) => {
  const folder = new URL(`../../../deploy/grafana/provisioning/${kind}/`, import.meta.url);
  return readdirSync(folder).map((name) => parse(readFileSync(new URL(name, folder), 'utf8')));
};

it('provisions the data sources that the dashboards begin with', () => {
  const provisioned = read('datasources').flatMap(({ datasources }) => datasources);
  const wanted = Object.values(DASHBOARDS).map(({ templating }) => templating.list![0]!);
  for (const { query, current } of wanted)
    expect(provisioned).toContainEqual(
      expect.objectContaining({ uid: current!.value, name: current!.text, type: query }),
    );
});

it('asks ClickHouse over HTTP with one snapshot for a query, which the views need', () => {
  const [clickhouse] = read('datasources').flatMap(({ datasources }) => datasources);
  expect(clickhouse.jsonData).toMatchObject({
    protocol: 'http',
    customSettings: [{ setting: 'enable_shared_storage_snapshot_in_query', value: '1' }],
  });
});

it('provisions the dashboards, which nobody changes in Grafana', () => {
  const [provider] = read('dashboards').flatMap(({ providers }) => providers);
  expect(provider).toMatchObject({ type: 'file', allowUiUpdates: false });
});
