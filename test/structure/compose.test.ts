import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';

/** The stack as it is written, which Debian's docker-compose has to understand, and what we hold every service of it to. */
const root = fileURLToPath(new URL('../../', import.meta.url));

/** Jobs and feeds, which nobody can ask. */
const WITHOUT_HEALTH = ['migrate', 'simulator'];

interface Service {
  readonly image: string;
  readonly command?: readonly string[];
  readonly environment?: Record<string, string>;
  readonly volumes?: readonly string[];
  readonly ports?: readonly string[];
  readonly secrets?: readonly (string | { source: string })[];
  readonly healthcheck?: { readonly test?: readonly string[]; readonly disable?: boolean };
  readonly depends_on?: Record<string, { condition: string }>;
  readonly [key: string]: unknown;
}

interface Stack {
  readonly services: Record<string, Service>;
  readonly secrets: Record<string, { file: string }>;
  readonly volumes: Record<string, unknown>;
}

const source = readFileSync(join(root, 'docker-compose.yml'), 'utf8');
const stack = parse(source, { merge: true }) as Stack;
const services = Object.entries(stack.services);
const secretsOf = ({ secrets = [] }: Service) =>
  secrets.map((secret) => (typeof secret === 'string' ? secret : secret.source));

test('docker-compose understands it', () => {
  const args = ['--project-directory', root, '-f', join(root, 'docker-compose.yml'), 'config'];
  const env = { ...process.env, COMPOSE_PROFILES: 'simulator,api' };
  const read = parse(execFileSync('docker-compose', args, { encoding: 'utf8', env })) as Stack;
  expect(Object.keys(read.services).sort()).toEqual(Object.keys(stack.services).sort());
  const faulty = join(mkdtempSync(join(tmpdir(), 'tocsin-compose-')), 'docker-compose.yml');
  writeFileSync(faulty, source.replace('    pids_limit: 500', '    pids_limits: 500'));
  expect(() => execFileSync('docker-compose', ['-f', faulty, 'config'], { stdio: 'pipe' })).toThrow();
  rmSync(dirname(faulty), { recursive: true });
});

test('all the parts are there', () => {
  expect(Object.keys(stack.services).sort()).toEqual([
    ...[
      'alertmanager',
      'api',
      'builder',
      'clickhouse',
      'exporter',
      'grafana',
      'inventory',
      'kafka',
      'migrate',
    ],
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
    if (WITHOUT_HEALTH.includes(name)) expect(service.healthcheck).toEqual({ disable: true });
    else expect(service.healthcheck?.test?.[0]).toBe('CMD');
  });

  test('has secrets by file alone', () => {
    for (const [variable, value] of Object.entries(service.environment ?? {})) {
      if (/passw|secret|token|key/i.test(variable)) {
        expect(variable).toMatch(/_FILE$/);
        expect(secretsOf(service).map((name) => `/run/secrets/${name}`)).toContain(value);
      }
      expect(String(value)).not.toMatch(/:\/\/[^/]*@/);
    }
    for (const secret of secretsOf(service)) expect(stack.secrets).toHaveProperty(secret);
  });

  test('is open on this machine alone', () => {
    for (const port of service.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+/);
  });

  test('mounts what is in the repository, read-only, and volumes that are named', () => {
    for (const volume of service.volumes ?? []) {
      const [from = '', , mode] = volume.split(':');
      if (!from.startsWith('./')) {
        expect(Object.keys(stack.volumes)).toContain(from);
        continue;
      }
      expect(mode).toBe('ro');
      const path = from.slice(2);
      expect(existsSync(join(root, path)), path).toBe(true);
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
  ['api', 'tocsin_api'],
])('%s asks the store as %s, and knows no other password', (name, user) => {
  const service = stack.services[name]!;
  expect(service.environment).toMatchObject({
    CLICKHOUSE_USER: user,
    CLICKHOUSE_PASSWORD_FILE: `/run/secrets/${user}`,
    METRICS_HOST: '0.0.0.0',
  });
  expect(secretsOf(service)).toEqual([user]);
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
