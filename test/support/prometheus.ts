import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { freePort, supervise } from '@tocsin/embedded';
import { parse, stringify } from 'yaml';
import { until } from './until.ts';

export const DEPLOY = fileURLToPath(new URL('../../deploy/', import.meta.url));

/** A program of Debian's packages prometheus and prometheus-alertmanager. */
export async function program(name: 'promtool' | 'amtool', args: readonly string[]): Promise<string> {
  const { stdout, stderr } = await promisify(execFile)(name, args, { cwd: DEPLOY });
  return stdout + stderr;
}

export interface Prometheus {
  /** The result of an instant query: each sample's labels with its value. */
  query(promql: string): Promise<{ labels: Record<string, string>; value: number }[]>;
  /** Resolves once the alarm fires: for one whose labels have these among them. */
  fires(alert: string, labels?: Readonly<Record<string, string>>): Promise<void>;
  /** Resolves once the alarm neither fires nor waits to, for any labels. */
  clears(alert: string): Promise<void>;
  /** Names of all metrics that were ever scraped. */
  names(): Promise<string[]>;
  stop(): Promise<void>;
}

interface Config {
  global: Record<string, string>;
  rule_files: string[];
  alerting?: unknown;
  scrape_configs: { job_name: string; static_configs: { targets: string[] }[] }[];
}

/** What only passing time can raise: how long ago something was last done, or for how long it has waited. */
const AGES = /(time\(\) - \w+|\w+_(?:lag|stale_longest)_seconds) > [\d* ]*\d/g;

/** Services rest for half a minute at most between two looks, which take long on a loaded machine. */
const LONGEST_PACE_SECONDS = 45;

/** The rules as they deploy, at the pace of a test. */
const hurried = (rules: string): string =>
  rules
    .replaceAll(/for: \w+/g, 'for: 2s')
    .replaceAll(/\[\d+m\]/g, '[20s]')
    .replaceAll(AGES, `$1 > ${LONGEST_PACE_SECONDS}`);

/**
 * A Prometheus with the configuration and rules that deploy, at another pace: it scrapes every second, `for` is two
 * seconds, a range twenty, and what may be so many minutes or hours old or late, 45; and a job's targets are these
 * ports here. Nothing else of them is changed.
 */
export async function startPrometheus(
  jobs: Readonly<Record<string, readonly number[]>>,
): Promise<Prometheus> {
  const folder = await mkdtemp(join(tmpdir(), 'tocsin-prometheus-'));
  const config = parse(await readFile(join(DEPLOY, 'prometheus/prometheus.yml'), 'utf8')) as Config;
  config.global = { scrape_interval: '1s', evaluation_interval: '1s' };
  delete config.alerting;
  for (const scrape of config.scrape_configs) {
    const targets = (jobs[scrape.job_name] ?? []).map((port) => `127.0.0.1:${port}`);
    scrape.static_configs = [{ targets }];
  }
  await writeFile(join(folder, 'prometheus.yml'), stringify(config));
  await cp(join(DEPLOY, 'prometheus/rules'), join(folder, 'rules'), { recursive: true });
  for (const name of await readdir(join(folder, 'rules'))) {
    const file = join(folder, 'rules', name);
    await writeFile(file, hurried(await readFile(file, 'utf8')));
  }
  await mkdir(join(folder, 'data'));
  const port = await freePort();
  const log = join(folder, 'prometheus.log');
  const args = [
    `--config.file=${join(folder, 'prometheus.yml')}`,
    `--storage.tsdb.path=${join(folder, 'data')}`,
    `--web.listen-address=127.0.0.1:${port}`,
  ];
  const server = supervise('prometheus', args, log, process.env);
  const ask = async (path: string) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`);
    if (!response.ok) throw new Error(`Prometheus answers ${response.status}: ${await response.text()}`);
    return (await response.json()) as { data: unknown };
  };
  await until('Prometheus to be ready', () =>
    fetch(`http://127.0.0.1:${port}/-/ready`).then(
      ({ ok }) => ok,
      () => false,
    ),
  );
  const query: Prometheus['query'] = async (promql) => {
    const { data } = await ask(`/api/v1/query?${new URLSearchParams({ query: promql })}`);
    const { result } = data as { result: { metric: Record<string, string>; value: [number, string] }[] };
    return result.map(({ metric, value }) => ({ labels: metric, value: Number(value[1]) }));
  };
  return {
    query,
    async fires(alert, labels = {}) {
      const like = Object.entries({ alertname: alert, alertstate: 'firing', ...labels });
      const series = `ALERTS{${like.map(([name, value]) => `${name}="${value}"`).join()}}`;
      await until(`${series} to fire`, async () => (await query(series)).length > 0);
    },
    async clears(alert) {
      const series = `ALERTS{alertname="${alert}"}`;
      await until(`${alert} to clear`, async () => (await query(series)).length === 0);
    },
    async names() {
      const { data } = await ask('/api/v1/label/__name__/values');
      return data as string[];
    },
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
