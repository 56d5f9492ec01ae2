import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const TOCSIN = fileURLToPath(new URL('../../packages/cli/bin/tocsin.js', import.meta.url));
const VECTORS = fileURLToPath(new URL('../fixtures/vectors/', import.meta.url));
const ONE_VECTOR = join(VECTORS, 'CS09_NA_8F8B_ALERT_GBCS.HEX');
const COMMANDS = [
  'start',
  'embedded',
  'decode',
  'publish',
  'import',
  'simulate',
  'migrate',
  'processor',
  'inventory',
  'builder',
  'exporter',
  'api',
  'token',
  'verify',
  'backup',
  'restore',
  'note',
  'reattribute',
  'redrive',
  'report',
  'export',
  'config',
];

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function tocsin(args: readonly string[], input = '', env: Record<string, string> = {}): Promise<Ended> {
  const child = spawn(process.execPath, [TOCSIN, ...args], {
    env: { PATH: process.env.PATH ?? '', ...env },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('close', (code) => resolve({ code, stdout, stderr }));
  });
}

const jsonLine = (deviceId: string) =>
  JSON.stringify({
    requestId: `${deviceId}:90-B3-D5-1F-30-01-00-00:18446744073709551615`,
    deviceId,
    alertCode: '8F3E',
    raisedAt: '2020-07-07T09:59:58.250Z',
    receivedAt: '2020-07-07T10:00:00.000Z',
  });
const DEVICE = '00-DB-12-34-56-78-90-A0';

describe('tocsin', () => {
  it('lists every command', async () => {
    const { code, stdout } = await tocsin(['--help']);
    expect(code).toBe(0);
    for (const command of COMMANDS) expect(stdout).toMatch(new RegExp(`^ {2}${command} `, 'm'));
  });

  it.each(COMMANDS)('%s explains itself: usage, options, examples, exit codes', async (command) => {
    const { code, stdout } = await tocsin([command, '--help']);
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`^Usage: tocsin ${command} `));
    expect(stdout).toMatch(/Examples:\n {2}.*tocsin /);
    expect(stdout).toMatch(/Exit codes:\n {2}0 {2}/);
  });

  it.each([
    [['nonsense']],
    [['decode']],
    [['decode', '--nope', 'x']],
    [['embedded', '--kafka-port', '99999']],
  ])('ends with 2 on wrong usage: %j', async (args) => {
    const { code, stdout, stderr } = await tocsin(args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^error: /);
  });

  it('names every fault of the configuration at once, without a stack, and ends with 2', async () => {
    const { code, stderr } = await tocsin(['simulate', '--rate', 'fast', '--seed', '-1']);
    expect(code).toBe(2);
    for (const name of ['KAFKA_BROKERS', 'FEED_RATE', 'FEED_SEED']) expect(stderr).toContain(`  ${name} is `);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});

describe('tocsin start', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tocsin-cli-'));
    const run = { version: 1, scenario: 'opsg-34', scale: 1000, seed: 1, weeks: 300, cluster: 'x' };
    const position = { ...run, begin: 0, at: 0, inventory: 0, alerts: 0 };
    await writeFile(join(folder, 'scenario.json'), JSON.stringify(position));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.each([
    [['--scale', '10000'], {}, 'opsg-34 at 1:10000 with seed 1'],
    [[], { FEED_SEED: '2' }, 'opsg-34 at 1:1000 with seed 2'],
  ] as const)(
    'refuses another scenario than the folder has, before anything starts: %j %j',
    async (args, env, asked) => {
      const { code, stdout, stderr } = await tocsin(['start', '--data', folder, ...args], '', env);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toContain('scenario.json has opsg-34 at 1:1000 with seed 1');
      expect(stderr).toContain(`asked for is ${asked}`);
    },
  );
});

describe('tocsin simulate', () => {
  it('refuses what a scenario would not heed', async () => {
    const brokers = ['--kafka-brokers', '127.0.0.1:9092'];
    const { code, stderr } = await tocsin(['simulate', ...brokers, '--scenario', 'opsg-34', '--rate', '500']);
    expect(code).toBe(2);
    expect(stderr).toContain('FEED_RATE is "500": expected nothing');
  });

  it('says what a scenario file lacks before it looks for Kafka', async () => {
    const { code, stderr } = await tocsin([
      ...['simulate', '--kafka-brokers', '127.0.0.1:1', '--scenario', './none.yaml'],
    ]);
    expect(code).toBe(2);
    expect(stderr).toContain('none.yaml');
  });
});

describe('tocsin decode', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tocsin-cli-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('prints one JSON line an alert, its fields in their order', async () => {
    const { code, stdout, stderr } = await tocsin(['decode', ONE_VECTOR]);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toBe(
      '{"requestId":"00-DB-12-34-56-78-90-A4:90-B3-D5-1F-30-00-00-02:5000",' +
        '"deviceId":"00-DB-12-34-56-78-90-A4","target":"90-B3-D5-1F-30-00-00-02","alertCode":"8F8B",' +
        '"name":"Read Firmware version alert","raisedAt":"2015-01-01T00:00:00.000Z","counter":"5000",' +
        '"messageCode":"012B","encoding":"gbcs"}\n',
    );
  });

  it('reads hex, binary, XML and JSON lines alike', async () => {
    const binary = join(folder, 'alert.bin');
    await writeFile(binary, Buffer.from((await readFile(ONE_VECTOR, 'utf8')).trim(), 'hex'));
    const lines = join(folder, 'alerts.jsonl');
    await writeFile(lines, `${jsonLine(DEVICE)}\n${jsonLine(DEVICE)}\n`);
    const xml = fileURLToPath(new URL('../fixtures/duis/device-alert.xml', import.meta.url));
    const { code, stdout } = await tocsin(['decode', binary, lines, xml]);
    expect(code).toBe(0);
    const encodings = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).encoding);
    expect(encodings).toEqual(['gbcs', 'json', 'json', 'duis']);
  });

  it('reads standard input, keeps counters exact, and says what it can not read without stopping at it', async () => {
    const input = `${jsonLine(DEVICE)}\n${jsonLine('none')}\n\nnothing\n${jsonLine(DEVICE)}\n`;
    const { code, stdout, stderr } = await tocsin(['decode', '-'], input);
    expect(code).toBe(1);
    const shown = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(shown).toHaveLength(2);
    expect(shown[0]).toMatchObject({ counter: '18446744073709551615', raisedAt: '2020-07-07T09:59:58.250Z' });
    const complaints = stderr.trim().split('\n');
    expect(complaints).toHaveLength(2);
    expect(complaints[0]).toMatch(/^standard input: line 2: invalid-[a-z-]+: \w/);
    expect(complaints[1]).toMatch(/^standard input: line 4: unknown-encoding: \w/);
  });

  it('goes on with the other files', async () => {
    const { code, stdout, stderr } = await tocsin(['decode', join(folder, 'none'), folder, ONE_VECTOR]);
    expect(code).toBe(1);
    expect(stdout).toContain('"alertCode":"8F8B"');
    expect(stderr).toContain(`${join(folder, 'none')}: no such file\n`);
    expect(stderr).toContain(`${folder}: is a folder`);
  });

  it('ends quietly when its reader has had enough', async () => {
    const many = join(folder, 'many.jsonl');
    await writeFile(many, `${jsonLine(DEVICE)}\n`.repeat(20_000));
    const child = spawn(process.execPath, [TOCSIN, 'decode', many]);
    let stderr = '';
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    child.stdout.once('data', () => child.stdout.destroy());
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect([code, stderr]).toEqual([0, '']);
  });
});

describe('tocsin config', () => {
  const env = { KAFKA_BROKERS: 'a:9092', CLICKHOUSE_URL: 'http://tocsin:hunter2@h:8123' };

  it('shows what holds for every service, masked', async () => {
    const { code, stdout } = await tocsin(['config'], '', { ...env, BUILD_INTERVAL_MS: '250' });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ {2}CLICKHOUSE_URL +http:\/\/tocsin:\*\*\*@h:8123 +environment /m);
    expect(stdout).toMatch(/^ {2}BUILD_INTERVAL_MS +250 +environment /m);
    expect(stdout).not.toContain('hunter2');
  });

  it('shows one service as JSON', async () => {
    const { code, stdout } = await tocsin(['config', 'builder', '--json'], '', env);
    expect(code).toBe(0);
    const shown = JSON.parse(stdout);
    expect(Object.keys(shown)).toEqual(['builder']);
    expect(shown.builder).toContainEqual(
      expect.objectContaining({ name: 'CLICKHOUSE_DATABASE', value: 'tocsin', from: 'default' }),
    );
  });

  it('reads a secret from the file that a variable names, and shows neither', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tocsin-cli-'));
    try {
      const file = join(folder, 'password');
      await writeFile(file, 'hunter2\n');
      const by = { ...env, CLICKHOUSE_URL: 'http://h:8123', CLICKHOUSE_PASSWORD_FILE: file };
      const { code, stdout } = await tocsin(['config', 'exporter'], '', by);
      expect(code).toBe(0);
      expect(stdout).toMatch(/^ {2}CLICKHOUSE_PASSWORD +\*\*\* +file /m);
      expect(stdout).not.toContain('hunter2');
      const both = await tocsin(['config', 'exporter'], '', { ...by, CLICKHOUSE_PASSWORD: 'hunter2' });
      expect(both.code).toBe(2);
      expect(both.stderr).toContain('CLICKHOUSE_PASSWORD and CLICKHOUSE_PASSWORD_FILE are both set');
      expect(both.stdout + both.stderr).not.toContain('hunter2');
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('takes no port for two services', async () => {
    const { stdout } = await tocsin(['config', '--json'], '', env);
    const shown = Object.values(JSON.parse(stdout) as Record<string, { name: string; value: string }[]>);
    const ports = shown.flat().filter(({ name }) => name === 'METRICS_PORT');
    expect(ports.map(({ value }) => value).sort()).toEqual(['9464', '9465', '9466', '9467', '9468']);
  });

  it('ends with 2 and the faults of each service when it is not sound', async () => {
    const { code, stderr } = await tocsin(['config'], '', { KAFKA_BROKERS: 'nowhere' });
    expect(code).toBe(2);
    expect(stderr).toContain('processor: configuration: 2 faults');
    expect(stderr).toContain('KAFKA_BROKERS is "nowhere": expected host:port');
    expect(stderr).toContain('CLICKHOUSE_URL is not set');
  });
});

it('ships the published vectors unchanged', async () => {
  const shipped = fileURLToPath(new URL('../../packages/cli/vectors/', import.meta.url));
  const hex = (names: string[]) => names.filter((name) => name.endsWith('.HEX')).sort();
  const names = hex(await readdir(shipped));
  expect(names).toEqual(hex(await readdir(VECTORS)));
  for (const name of names)
    expect(await readFile(join(shipped, name))).toEqual(await readFile(join(VECTORS, name)));
});
