import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { copy, stagesOf } from '../support/dockerfile.ts';
import { until } from '../support/until.ts';

/**
 * The image without Docker: the very COPY and RUN lines of the Dockerfile, carried out in a folder. What they stand on,
 * the base image, is not here: Node is this machine's.
 */
const context = fileURLToPath(new URL('../../', import.meta.url));
const [build = [], image = []] = stagesOf(join(context, 'deploy/Dockerfile'));
/** What the very same sources were compiled to is taken from there: compiling them is most of what the lines take. */
const built = join(context, '.turbo/cache');
const lineOf = (name: string) => image.find((one) => one.name === name)?.rest ?? '';

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'tocsin-image-'));
  for (const { name, rest } of build) {
    if (name === 'COPY') copy(rest, context, root);
    // As in a container: no settings of this run but where the registry is.
    if (name === 'RUN')
      execFileSync('/bin/sh', ['-c', rest], {
        cwd: root,
        stdio: 'pipe',
        env: {
          ...process.env,
          NODE_ENV: 'development',
          TURBO_TELEMETRY_DISABLED: '1',
          TURBO_CACHE_DIR: built,
        },
      });
  }
}, 280_000);
afterAll(() => rmSync(root, { recursive: true, force: true }));

const ENTRYPOINT = JSON.parse(lineOf('ENTRYPOINT')) as string[];
const run = (args: readonly string[], env: Record<string, string> = {}) =>
  spawn(process.execPath, [...ENTRYPOINT.slice(1), ...args], { cwd: root, env });

async function output(args: readonly string[], env: Record<string, string> = {}) {
  const child = run(args, env);
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      text += chunk;
    });
  const code = await new Promise((resolve) => child.once('close', resolve));
  return { code, text };
}

describe('the image', () => {
  test('is what the build stage left, run by nobody of weight and by node itself', () => {
    expect(image.filter(({ name }) => name === 'COPY').map(({ rest }) => rest)).toEqual([
      '--from=build --chown=root:root /tocsin .',
    ]);
    expect(lineOf('USER')).toBe('node');
    expect(ENTRYPOINT[0]).toBe('node');
    expect(build[0]?.rest).toMatch(/^node:\d+\.\d+\.\d+-/);
    expect(image[0]?.rest).toBe(build[0]?.rest.replace(' AS build', ''));
  });

  test('knows every command, and the schema', async () => {
    const { code, text } = await output(JSON.parse(lineOf('CMD')));
    expect([code, text]).toEqual([0, expect.stringContaining('exporter')]);
    expect(readdirSync(join(root, 'packages/clickhouse/migrations'))).toContain('001-alerts.sql');
  });

  test.each(['migrate', 'processor', 'inventory', 'builder', 'exporter', 'api', 'simulate', 'verify'])(
    '%s has all that it loads: it asks for its configuration',
    async (command) => {
      const { code, text } = await output([command]);
      expect([code, text]).toEqual([2, expect.stringMatching(/(CLICKHOUSE_URL|KAFKA_BROKERS) is not set/)]);
    },
  );

  test('has no sources, tests, engines, secrets or tools of the build, and is small', () => {
    const gone = ['test', 'deploy/secrets', 'packages/cli/src', 'node_modules/chdb', 'node_modules/@chdb'];
    gone.push('node_modules/typescript', 'node_modules/vitest', 'node_modules/turbo', '.git');
    expect(gone.filter((path) => existsSync(join(root, path)))).toEqual([]);
    const size = Number(execFileSync('du', ['-sm', root], { encoding: 'utf8' }).split('\t')[0]);
    expect(size).toBeLessThan(120);
  });

  test('its services end by SIGTERM, in order and with 0, and are ready or say why not', async () => {
    const child = run(['builder'], { CLICKHOUSE_URL: 'http://127.0.0.1:1', METRICS_PORT: '0' });
    let log = '';
    child.stdout.on('data', (chunk) => {
      log += chunk;
    });
    const port = await until(
      'the health server',
      () => /"address":"http:\/\/127\.0\.0\.1:(\d+)"/.exec(log)?.[1] ?? null,
    );
    const [, ...health] = JSON.parse(/CMD (\[.*\])$/.exec(lineOf('HEALTHCHECK'))?.[1] ?? '[]') as string[];
    const asked = () =>
      execFileSync(process.execPath, [...health, port], { cwd: root, stdio: 'pipe' }).toString();
    await until('trouble', () => {
      try {
        asked();
        return false;
      } catch (error) {
        return String((error as { stderr: Buffer }).stderr).includes('"builder":');
      }
    });
    child.kill('SIGTERM');
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(0);
    expect(log).toContain('"stopped"');
  });
});
