import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Store } from '@tocsin/clickhouse';
import { askerOf, citationOf, gather, type Numbered, numbersOf, write } from '@tocsin/document';
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
  readonly numbers: number;
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

/** What a command of the document answers, as a shell takes its words. Each is asked once, whoever wants to know. */
const answers = new Map<string, Promise<string>>();
function answerOf(command: string): Promise<string> {
  const answer = answers.get(command) ?? printed(command);
  answers.set(command, answer);
  return answer;
}

/** The command of a citation, and what picks the value from its answer. */
function partsOf(citation: string): [command: string, filter: string] {
  const [, command, filter] = /^(tocsin report .*) \| (jq '.*')$/s.exec(citation)!;
  return [command!, filter!];
}

async function printed(command: string): Promise<string> {
  const words = execFileSync('sh', ['-c', `printf '%s\\0' ${command}`], { encoding: 'utf8' }).split('\0');
  const { code, stdout } = await tocsin(words.slice(1, -1), env());
  expect([command, code]).toEqual([command, 0]);
  return stdout;
}

describe('the document', () => {
  const jq = requireTool('jq', 'apt-get install jq');

  it.runIf(jq)('has no number that the command beside it does not give, exactly', async () => {
    expect(written.numbers.length).toBeGreaterThan(100);
    const commands = new Set(written.numbers.map(({ command }) => partsOf(command)[0])).values();
    const inTurn = async () => {
      for (const command of commands) await answerOf(command);
    };
    await Promise.all([inTurn(), inTurn()]);
    for (const { command, value, id } of written.numbers) {
      const [asked, filter] = partsOf(command);
      const input = await answerOf(asked);
      const found = execFileSync('sh', ['-c', filter], { input, encoding: 'utf8' });
      expect([id, command, JSON.parse(found)]).toEqual([id, command, value]);
    }
  });

  it('has no digit that is neither such a number nor a name that the answers have', async () => {
    const told: string[] = [];
    const asker = askerOf(store);
    // It is written from what the command lines answer, which is the same.
    const listening: typeof asker = {
      ask: (question, given) =>
        asker.ask(
          {
            ...question,
            async answer() {
              const [command] = partsOf(citationOf({ question: question.name, asked: given, path: [] }));
              return JSON.parse(await answerOf(command), (_, value) => {
                if (typeof value === 'string') told.push(value);
                return value;
              });
            },
          },
          given,
        ),
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
});

/** Each time that anything of it is written or compared, all of its questions are asked: so as few times as can be. */
describe('what was published', () => {
  it('goes to standard output as Markdown where no folder is named, and is another revision', async () => {
    expect(written.revision).toBe(1);
    await laterAlerts();
    await lateInventory();
    await anotherRegistry('2', 'capacity * 2');
    const { code, stdout, stderr } = await report('opsg', ...ASKED, '--publish');
    expect([code, stderr]).toEqual([0, 'published as opsg-34, revision 2\n']);
    expect(stdout).toMatch(/^# Operations Group 34: alerts\n/);
    expect(stdout).not.toContain('.svg');
  });

  it('stands while nothing came but what changes no number, which is told', async () => {
    await redriven(2);
    await deliver(next, raised('8F3E', { region: 'North' }, NOON - 400 * 24 * HOUR));
    await anotherRegistry('3');
    const other = { party: 'sup-new', name: 'New Energy', role: 'import-supplier', kind: '' };
    await insertRows(store, 'parties', [{ version: '3', ...other, regions: [], eui64s: [], dcc_user: [] }]);
    const { code, stdout } = await report('diff', 'opsg-34');
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(/^opsg-34, revision 2, .*: 0 of \d{3} numbers/),
    ]);
    expect(stdout.slice(stdout.indexOf('Since then:')).split('\n')).toEqual([
      'Since then:',
      '- messages that came later: 0 of the period, 30 from before it',
      expect.stringMatching(/^- dead letters put back into Kafka: 1, /),
      '- registry of parties: 1 rows are new, 0 are gone',
      'The document stands.',
      '',
    ]);
  });

  it('is never changed: revision 1 differs by all that came since, and by no more than came of each', async () => {
    const { code, stdout, stderr } = await report('diff', 'opsg-34', '--revision', '1', '--json');
    expect([code, stderr]).toEqual([1, '']);
    const { revision, numbers, differences, since }: Diffed = JSON.parse(stdout);
    expect([revision, numbers]).toEqual([1, written.numbers.length]);
    expect(since.ofPeriod).toMatchObject({
      ...{ laterMessages: 30, redriven: 2, corrected: 10, correctedDevices: 1 },
      ...{ inventoryEvents: 1, inventoryDevices: 1, schema: null },
      registries: expect.arrayContaining([
        { kind: 'components', added: 1, removed: 1 },
        { kind: 'parties', added: 1, removed: 0 },
      ]),
    });
    expect(since.ofPeriod.registries).toHaveLength(2);
    expect(since.before).toMatchObject({ laterMessages: 30, corrected: 0, inventoryEvents: 0 });
    const perDay = differences.find(
      ({ was }) => JSON.stringify(was.query.path) === '["all","aDay"]' && was.query.question === 'verdicts',
    );
    // By alerts that came later alone: two of each message, over 31 days.
    expect(perDay?.by).toBeCloseTo(60 / 31, 8);
    // Installations, by the inventory alone.
    expect(differences.map(({ was }) => was.unit)).toContain('devices a day');
    const capacity = differences.find(({ was }) => was.query.path.at(-1) === 'capacity');
    expect(capacity).toMatchObject({ was: { value: 1 }, now: 2, by: 1 });
  });

  it('of no such name nothing is told', async () => {
    const { code, stderr } = await report('diff', 'opsg-35');
    expect([code, stderr]).toEqual([1, 'tocsin: nothing was published as opsg-35\n']);
  });
});

const redriven = (offset: number) =>
  insertRows(store, 'redriven', [
    {
      ...{ stream: STREAM, partition: 0, offset, state: 'produced' },
      attempt: '00000000-0000-0000-0000-000000000001',
    },
  ]);

/** Of which one was a dead letter. */
async function laterAlerts(): Promise<void> {
  await redriven(1);
  await deliver(next, raised('8F3E', { region: 'North' }));
  // Not of the period, nor of the time before it.
  await deliver(next, raised('8F3E', { region: 'North' }, NOON + 40 * 24 * HOUR));
}

/** And what it corrected. */
async function lateInventory(): Promise<void> {
  await feedHistory(store, [
    {
      ...{ at: '2020-05-19 10:00', device: 4_000_000, event: 'installed', kind: 'ESME', region: 'North' },
      offset: 1_000_001,
    },
  ]);
  await inventoryLedger(1_000_001, 1_000_001);
  const where = `partition = ${MORE} AND alert_code = '8015' AND offset % 3 = 0`;
  expect([...(await correct(store, where, '9.9.9')).values()]).toEqual([10]);
}

/** As the one before it, but for the capacity of components. */
async function anotherRegistry(version: string, capacity = 'capacity'): Promise<void> {
  for (const table of ['components', 'parties', 'levers', 'rollouts', 'codes']) {
    const changed = table === 'components' ? `, ${capacity} AS capacity` : '';
    await store.command(
      `INSERT INTO ${table} SELECT * REPLACE ('${version}' AS version${changed})
       FROM (SELECT * FROM ${table} WHERE version = '${Number(version) - 1}')`,
    );
  }
  await insertRows(store, 'registry_versions', [{ version }]);
}
