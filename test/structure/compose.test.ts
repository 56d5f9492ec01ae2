import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/** The stack as Debian's docker-compose understands it: what it refuses fails here, and so does what we hold it to. */
const root = fileURLToPath(new URL('../../', import.meta.url));

/** Files of parts that are on their way. Nothing else that is mounted may be missing. */
const EXPECTED_SOON: readonly string[] = [
  'deploy/prometheus/prometheus.yml',
  'deploy/prometheus/rules',
  'deploy/alertmanager/alertmanager.yml',
  'deploy/grafana/provisioning',
  'deploy/grafana/dashboards',
];
/** Jobs and feeds, which nobody can ask. */
const WITHOUT_HEALTH = ['migrate', 'simulator'];

interface Service {
  readonly image: string;
  readonly command?: readonly string[];
  readonly environment?: Record<string, string>;
  readonly volumes?: readonly string[];
  readonly ports?: readonly string[];
  readonly secrets?: readonly { source: string }[];
  readonly healthcheck?: { readonly test?: readonly string[] };
  readonly depends_on?: Record<string, { condition: string }>;
  readonly [key: string]: unknown;
}

interface Stack {
  readonly services: Record<string, Service>;
  readonly secrets: Record<string, { file: string }>;
  readonly volumes: Record<string, unknown>;
}

const compose = (...args: string[]) =>
  execFileSync(
    'docker-compose',
    ['--project-directory', root, '-f', join(root, 'docker-compose.yml'), ...args],
    {
      encoding: 'utf8',
      env: { ...process.env, COMPOSE_PROFILES: 'simulator' },
    },
  );

// Python, of which docker-compose is made, has what turns its answer into JSON.
const stack = JSON.parse(
  execFileSync(
    '/usr/bin/python3',
    ['-c', 'import json, sys, yaml; json.dump(yaml.safe_load(sys.stdin), sys.stdout)'],
    {
      input: compose('config'),
      encoding: 'utf8',
    },
  ),
) as Stack;
const services = Object.entries(stack.services);

test('all the parts are there', () => {
  expect(Object.keys(stack.services).sort()).toEqual([
    ...['alertmanager', 'builder', 'clickhouse', 'exporter', 'grafana', 'inventory', 'kafka', 'migrate'],
    ...['processor', 'prometheus', 'simulator'],
  ]);
});

describe.each(services)('%s', (name, service) => {
  test('runs an image of a stated version', () => {
    expect(service.image).toMatch(/^[a-z/-]+:v?\d+\.\d+(\.\d+)?$/);
  });

  test('is nobody of weight: not root, without capabilities, on a root that is read-only', () => {
    expect(service.user).toMatch(/^[1-9]\d*:\d+$/);
    expect(service).toMatchObject({
      read_only: true,
      init: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
    });
    for (const key of ['privileged', 'cap_add', 'network_mode', 'pid', 'ipc', 'devices'])
      expect(service).not.toHaveProperty(key);
    expect(service.volumes ?? []).not.toContainEqual(expect.stringContaining('docker.sock'));
  });

  test('has bounds of memory, processors and processes', () => {
    expect(service.mem_limit).toMatch(/^\d+[gm]$/);
    expect(Number(service.cpus)).toBeGreaterThan(0);
    expect(Number(service.pids_limit)).toBeGreaterThan(0);
  });

  test('says whether it is well, unless it runs to its end', () => {
    if (WITHOUT_HEALTH.includes(name)) expect(service.healthcheck?.test).toEqual(['NONE']);
    else expect(service.healthcheck?.test?.[0]).toBe('CMD');
  });

  test('has secrets by file alone', () => {
    for (const [variable, value] of Object.entries(service.environment ?? {})) {
      if (/passw|secret|token|key/i.test(variable)) {
        expect(variable).toMatch(/_FILE$/);
        expect(service.secrets?.map(({ source }) => `/run/secrets/${source}`)).toContain(value);
      }
      expect(String(value)).not.toMatch(/:\/\/[^/]*@/);
    }
    for (const { source } of service.secrets ?? []) expect(stack.secrets).toHaveProperty(source);
  });

  test('is open on this machine alone', () => {
    for (const port of service.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+/);
  });

  test('mounts what is in the repository, read-only, and volumes that are named', () => {
    for (const volume of service.volumes ?? []) {
      const [source = '', , mode] = volume.split(':');
      if (!source.startsWith('/')) {
        expect(Object.keys(stack.volumes)).toContain(source);
        continue;
      }
      expect(mode).toBe('ro');
      const path = source.slice(root.length);
      if (!EXPECTED_SOON.includes(path)) expect(existsSync(source), path).toBe(true);
    }
  });

  test('waits for what answers, and for the schema', () => {
    for (const [other, { condition }] of Object.entries(service.depends_on ?? {})) {
      const wanted = WITHOUT_HEALTH.includes(other) ? 'service_completed_successfully' : 'service_healthy';
      expect({ other, condition }).toEqual({ other, condition: wanted });
    }
  });
});

test.each([
  ['migrate', 'tocsin_migrator'],
  ['inventory', 'tocsin_writer'],
  ['processor', 'tocsin_writer'],
  ['builder', 'tocsin_builder'],
  ['exporter', 'tocsin_reader'],
])('%s asks the store as %s, and knows no other password', (name, user) => {
  const { environment, secrets } = stack.services[name]!;
  expect(environment).toMatchObject({
    CLICKHOUSE_USER: user,
    CLICKHOUSE_PASSWORD_FILE: `/run/secrets/${user}`,
    METRICS_HOST: '0.0.0.0',
  });
  expect(secrets?.map(({ source }) => source)).toEqual([user]);
});

describe('deploy/secrets.sh', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tocsin-secrets-'));
    execFileSync('cp', [join(root, 'deploy/secrets.sh'), folder]);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const run = () => execFileSync('sh', [join(folder, 'secrets.sh')]);
  const read = (name: string) => readFileSync(join(folder, 'secrets', name), 'utf8');
  const names = Object.values(stack.secrets).map(({ file }) => file.slice(file.lastIndexOf('/') + 1));

  test('makes every secret of the stack, in a folder of its owner alone', () => {
    run();
    for (const name of names) expect(read(name)).not.toBe('');
    expect(statSync(join(folder, 'secrets')).mode & 0o777).toBe(0o700);
  });

  test("tells ClickHouse the hashes, and nobody's password", () => {
    const users = names.filter((name) => name.startsWith('tocsin_'));
    for (const user of users) {
      const password = read(user).trim();
      expect(password).toMatch(/^[A-Za-z0-9_-]{32}$/);
      const hash = createHash('sha256').update(password).digest('hex');
      expect(read('clickhouse_users.xml')).toContain(`<${user}>${hash}</${user}>`);
      expect(read('clickhouse_users.xml')).not.toContain(password);
    }
    expect(new Set(users.map(read)).size).toBe(users.length);
  });

  test('leaves what is there', () => {
    const before = names.map(read);
    run();
    expect(names.map(read)).toEqual(before);
  });

  test('makes nothing that git or the image would take up', () => {
    expect(readFileSync(join(root, '.gitignore'), 'utf8')).toContain('deploy/secrets/');
    expect(readFileSync(join(root, '.dockerignore'), 'utf8')).toContain('deploy/secrets');
  });
});
