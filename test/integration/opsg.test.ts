import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Store } from '@tocsin/clickhouse';
import { askerOf, gather, type Numbered, numbersOf, write } from '@tocsin/document';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { feedApiWorld } from '../support/api-world.ts';
import { feedHistory } from '../support/device-history.ts';
import { type Engine, startEngine } from '../support/fresh-store.ts';
import { tocsin } from '../support/service.ts';
import { correct, type FedMessage, feedBlocks, HOUR, insertRows, STREAM } from '../support/store-feed.ts';
import { requireTool } from '../support/tools.ts';

const ASKED = ['--group', '34', '--from', '2020-05-02', '--to', '2020-06-02'];
/** What the world of the API has not: alerts that nobody can stop, one of safety, and one of a device that isn't known. */
const MORE = 2;
const NOON = Date.UTC(2020, 4, 20, 12) / 1000;

interface Written {
  readonly numbers: readonly (Numbered & { readonly command: string; readonly shown: string })[];
  readonly files: readonly string[];
  readonly revision: number | null;
}
interface Diffed {
  readonly revision: number;
  readonly differences: readonly { was: Numbered; now: unknown; gone: boolean; by: number | null }[];
  readonly since: Record<'ofPeriod' | 'before', Record<string, unknown>>;
}

let engine: Engine;
let store: Store;
let folder: string;
let written: Written;

beforeAll(async () => {
  engine = await startEngine();
  store = await engine.freshStore();
  folder = await mkdtemp(join(tmpdir(), 'tocsin-opsg-'));
  await feedApiWorld(store, { canary: true });
  await deliver(0, [
    ...raised('8015', { suppression: 'unstoppable', reason: 'not-a-dcc-user', responsible_party: 'idno-03' }),
    ...raised('81B8', { suppression: 'protected', reason: 'safety' }),
    ...raised('8014', { suppression: 'unknown', reason: 'unknown-device', region: '', model: '' }),
  ]);
  await inventoryLedger(1_000_000);
  const { code, stdout, stderr } = await report('opsg', ...ASKED, '--out', folder, '--publish', '--json');
  expect([code, stderr]).toEqual([0, '']);
  written = JSON.parse(stdout);
});
afterAll(async () => {
  await engine?.stop();
  await rm(folder, { recursive: true, force: true });
});

const env = () => ({ CLICKHOUSE_URL: engine.url, CLICKHOUSE_DATABASE: store.database });
const report = (...args: string[]) => tocsin(['report', ...args], env());
const diffed = async (...args: string[]): Promise<[number | null, Diffed]> => {
  const { code, stdout, stderr } = await report('diff', 'opsg-34', '--json', ...args);
  expect(stderr).toBe('');
  return [code, JSON.parse(stdout)];
};

let next = 0;
/** Thirty alerts over an hour. */
const raised = (code: string, attributes: Record<string, string>, at = NOON): FedMessage[] =>
  Array.from({ length: 30 }, (_, i) => ({
    ...{ offset: next++, receivedAt: at + i * 60, code, device: 2000, alerts: 2, attributes },
  }));

const deliver = (first: number, accepted: FedMessage[]) =>
  feedBlocks(store, { partition: MORE, first, last: next - 1, accepted, rejected: [], duplicates: 0 });

const inventoryLedger = (last: number, first = 0) =>
  insertRows(store, 'inventory_blocks', [
    {
      ...{
        hour: '2020-05-01 00:00:00',
        stream: 'cluster/inventory/1',
        partition: 0,
        first_offset: first,
        last_offset: last,
      },
      ...{
        planned_at: '2020-05-01 00:00:00',
        rule_version: '1',
        checksum: String(first),
        records: 1,
        accepted: 1,
      },
      ...{ rejected: 0, duplicates: 0, hour_accepted: 1 },
    },
  ]);

describe('the document', () => {
  const jq = requireTool('jq', 'apt-get install jq');

  it.runIf(jq)('has no number that the command beside it does not give, exactly', async () => {
    expect(written.numbers.length).toBeGreaterThan(100);
    const answers = new Map<string, string>();
    for (const { command, value, id } of written.numbers) {
      const [, asked, filter] = /^tocsin (report .*) \| (jq '.*')$/s.exec(command)!;
      if (!answers.has(asked!)) answers.set(asked!, await printed(asked!));
      const found = execFileSync('sh', ['-c', filter!], { input: answers.get(asked!)!, encoding: 'utf8' });
      expect([id, command, JSON.parse(found)]).toEqual([id, command, value]);
    }
  });

  /** What a shell makes of the command's words. */
  async function printed(command: string): Promise<string> {
    const words = execFileSync('sh', ['-c', `printf '%s\\0' ${command}`], { encoding: 'utf8' }).split('\0');
    const { code, stdout } = await tocsin(words.slice(0, -1), env());
    expect([command, code]).toEqual([command, 0]);
    return stdout;
  }

  it('has no digit that is neither such a number nor a name that the answers have', async () => {
    const told: string[] = [];
    const asker = askerOf(store);
    const listening: typeof asker = {
      async ask(question, given) {
        const answer = await asker.ask(question, given);
        JSON.stringify(answer.told, (_, value) => {
          if (typeof value === 'string') told.push(value);
          return value;
        });
        return answer;
      },
    };
    const period = { from: Date.parse('2020-05-01T23:00:00Z'), to: Date.parse('2020-06-01T23:00:00Z') };
    const document = write(await gather(listening, period), '34', Date.now());
    const parts = document.sections
      .flatMap(({ blocks }) => blocks)
      .flatMap(proseOf)
      .flatMap(({ parts }) => parts);
    const prose = parts.filter((part) => typeof part === 'string');
    const names = parts.flatMap((part) => (typeof part === 'object' && 'name' in part ? [part.name] : []));
    expect(prose.length).toBeGreaterThan(100);
    expect(prose.filter((text) => /\d/.test(text))).toEqual([]);
    const all = [...told, 'Service Request 6.22', '95% interval', '8F12'].join('\n');
    const unknown = names
      .flatMap((name) => name.split(/[\s,]+/))
      .filter((word) => /\d/.test(word) && !all.includes(word));
    expect(unknown).toEqual([]);
    expect(numbersOf(document).map(({ id, value }) => [id, value])).toEqual(
      written.numbers.map(({ id, value }) => [id, value]),
    );
  });

  const proseOf = (block: object): { parts: readonly (string | { name: string } | object)[] }[] =>
    Object.values(block).flatMap((value) =>
      typeof value !== 'object' || value === null ? [] : 'parts' in value ? [value] : proseOf(value),
    );

  it('says on top that the feed was missing, and reads no improvement from it', () => {
    const shownOf = (jq: string) => written.numbers.filter(({ command }) => command.includes(jq));
    // The two hours of a day in which the region has anything to say.
    expect(shownOf('.gaps[]').map(({ shown }) => shown)).toEqual([
      '2020-05-17 13:00',
      '2020-05-17 15:00',
      '0%',
    ]);
    // How much is left to the test of `changes`; here that the code is told of at all.
    const change = written.numbers.find(({ command }) =>
      command.endsWith(`'.codes[] | select(.code == "8014") | .aDay'`),
    );
    expect(change?.value).toBeGreaterThan(0);
  });

  it('is one file of HTML, Markdown, and plots beside it', async () => {
    expect(written.files.map((file) => file.slice(folder.length + 1))).toEqual([
      ...['opsg-34.md', 'opsg-34.html'],
      ...['opsg-34-volume.svg', 'opsg-34-effects.svg', 'opsg-34-capacity.svg'],
    ]);
    const [markdown, html, ...plots] = await Promise.all(written.files.map((file) => readFile(file, 'utf8')));
    for (const title of ['What changed', 'Why', 'What can be stopped, and by whom', 'Who should do what']) {
      expect(html).toContain(`>${title}</h2>`);
      expect(markdown).toContain(`## ${title}\n`);
    }
    for (const plot of plots) expect(plot).toMatch(/^<svg .*<\/svg>$/s);
    expect(html).not.toMatch(/<script/i);
  });

  it.each([
    [['--group', '34', '--from', '2020-13-01'], '--from: expected a moment'],
    [['--group', '34', '--to', '2020-07-01'], '--to needs --from'],
    [['--group', '3/4'], 'Expected a number such as 34'],
    [['--group', '34', '--from', '2020-06-02', '--to', '2020-06-01'], '--to: expected a moment after'],
  ])('refuses %j', async (args, said) => {
    const { code, stderr } = await report('opsg', ...args);
    expect([code, stderr]).toEqual([2, expect.stringContaining(said)]);
  });

  it('goes to standard output as Markdown where no folder is named', async () => {
    const { code, stdout } = await report('opsg', ...ASKED);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^# Operations Group 34: alerts\n/);
    expect(stdout).not.toContain('.svg');
  });
});

describe('what was published', () => {
  it('stands while nothing came', async () => {
    expect(written.revision).toBe(1);
    const { code, stdout } = await report('diff', 'opsg-34');
    expect([code, stdout]).toEqual([
      0,
      expect.stringContaining(`0 of ${written.numbers.length} numbers differ now.`),
    ]);
  });

  it('differs by alerts that came later, of which some were dead letters', async () => {
    await insertRows(store, 'redriven', [
      {
        stream: STREAM,
        partition: 0,
        offset: 1,
        attempt: '00000000-0000-0000-0000-000000000001',
        state: 'produced',
      },
    ]);
    await deliver(next, raised('8F3E', { region: 'North' }));
    // Not of the period, nor of the time before it.
    await deliver(next, raised('8F3E', { region: 'North' }, NOON + 40 * 24 * HOUR));
    const [code, { revision, differences, since }] = await diffed();
    expect([code, revision]).toEqual([1, 1]);
    expect(since.ofPeriod).toMatchObject({
      laterMessages: 30,
      redriven: 1,
      corrected: 0,
      inventoryEvents: 0,
      registries: [],
      schema: null,
    });
    expect(since.before).toMatchObject({ laterMessages: 0 });
    const perDay = differences.find(
      ({ was }) => JSON.stringify(was.query.path) === '["all","aDay"]' && was.query.question === 'verdicts',
    );
    // Two alerts of each message, over 31 days.
    expect(perDay?.by).toBeCloseTo(60 / 31, 8);
    const { stdout } = await report('diff', 'opsg-34');
    expect(stdout).toContain('- messages that came later: 30 of the period\n');
    expect(stdout).toContain('- dead letters put back into Kafka: 1');
  });

  it('is never changed: the next one is another revision, and stands in its turn', async () => {
    const again = await report('opsg', ...ASKED, '--publish', '--json');
    expect(JSON.parse(again.stdout).revision).toBe(2);
    expect((await diffed())[0]).toBe(0);
    const [code, { revision }] = await diffed('--revision', '1');
    expect([code, revision]).toEqual([1, 1]);
  });

  it('differs by late inventory and what it corrected', async () => {
    await feedHistory(store, [
      {
        ...{ at: '2020-05-19 10:00', device: 4_000_000, event: 'installed', kind: 'ESME', region: 'North' },
        offset: 1_000_001,
      },
    ]);
    await inventoryLedger(1_000_001, 1_000_001);
    const corrected = await correct(store, `partition = ${MORE} AND alert_code = '8015'`, '9.9.9');
    expect([...corrected.values()]).toEqual([30]);
    const [code, { differences, since }] = await diffed();
    expect(code).toBe(1);
    expect(since.ofPeriod).toMatchObject({
      ...{ laterMessages: 0, redriven: 0, registries: [] },
      ...{ corrected: 30, correctedDevices: 1, inventoryEvents: 1, inventoryDevices: 1 },
    });
    expect(differences.map(({ was }) => was.unit)).toContain('devices a day');
  });

  it('differs by another registry, whose kinds are named', async () => {
    const columns = 'component, name, regions, unit, holds_from, source';
    await store.command(
      `INSERT INTO components (version, ${columns}, capacity) SELECT '2', ${columns}, capacity * 2 FROM components`,
    );
    for (const table of ['parties', 'levers', 'rollouts', 'codes'])
      await store.command(`INSERT INTO ${table} SELECT * REPLACE ('2' AS version) FROM ${table}`);
    await insertRows(store, 'registry_versions', [{ version: '2' }]);
    const [code, { differences, since }] = await diffed();
    expect(code).toBe(1);
    expect(since.ofPeriod).toMatchObject({ registries: [{ kind: 'components', added: 1, removed: 1 }] });
    const capacity = differences.find(({ was }) => was.query.path.at(-1) === 'capacity');
    expect(capacity).toMatchObject({ was: { value: 1 }, now: 2, by: 1 });
  });

  it('of no such name nothing is told', async () => {
    const { code, stderr } = await report('diff', 'opsg-35');
    expect([code, stderr]).toEqual([1, 'tocsin: nothing was published as opsg-35\n']);
  });
});
