import { userInfo } from 'node:os';
import type { NoteKind } from '@tocsin/clickhouse';
import { Argument, type Command, Option } from 'commander';
import { CliError } from '../errors.ts';
import { clickhouseUrl, database, envOf, moment } from '../options.ts';
import { helpTail, print } from '../output.ts';

const KINDS = [
  'spike',
  'code',
  'rollout',
  'party',
  'feed',
  'migration',
  'other',
] as const satisfies NoteKind[];

interface AddOptions {
  readonly kind: NoteKind;
  readonly subject: string;
  readonly from: number;
  readonly to?: number;
  readonly ticket: string;
  readonly author: string;
  readonly json?: boolean;
}

/** Store and configuration are loaded by the command that needs them. */
async function withStore<T>(command: Command, act: (store: Store, all: All) => Promise<T>): Promise<T> {
  const [all, { readStoreConfig }] = await Promise.all([
    import('@tocsin/clickhouse'),
    import('../config.ts'),
  ]);
  const store = all.createStore(readStoreConfig(envOf(command)));
  try {
    return await act(store, all);
  } finally {
    await store.close();
  }
}

type All = typeof import('@tocsin/clickhouse');
type Store = ReturnType<All['createStore']>;

export function noteCommand(program: Command): void {
  const note = program
    .command('note')
    .summary('what operators know: a ticket and a text about a spike, a code, a rollout')
    .description('Adds, lists and takes back notes, which dashboards show at their time.')
    .addHelpText(
      'after',
      helpTail(
        {
          'tocsin note add "CSP North resets its hubs" --kind spike --subject 8F3E --from 2020-07-07T10:00:00Z':
            'at a moment',
          'tocsin note add "held for deafness" --kind rollout --subject v2.02.5 --ticket CHG42 --from … --to …':
            'about a time',
          'tocsin note list': 'those of the last 30 days',
        },
        { 0: 'done', 1: 'failed; there is no such note' },
      ),
    );
  add(note);
  list(note);
  withdraw(note);
}

function add(note: Command): void {
  note
    .command('add')
    .description('Adds a note and prints its id.')
    .addArgument(new Argument('<text>', 'what is to be known'))
    .addOption(new Option('--kind <kind>', 'what it is about').choices(KINDS).default('other'))
    .option('--subject <name>', 'the code, rollout, party or region that it is about', '')
    .requiredOption('--from <time>', 'when, or since when, such as 2020-07-07T10:00:00Z', moment)
    .option('--to <time>', 'until when', moment)
    .option('--ticket <number>', 'number of the ticket', '')
    .option('--author <name>', 'who says so', userInfo().username)
    .addOption(clickhouseUrl())
    .addOption(database())
    .option('--json', 'print one JSON object: id')
    .addHelpText(
      'after',
      helpTail(
        {
          'tocsin note add "CSP North resets its hubs" --kind spike --subject 8F3E --from 2020-07-07T10:00:00Z':
            'at a moment',
        },
        { 0: 'added' },
      ),
    )
    .action(async (text: string, options: AddOptions, command: Command) => {
      const { kind, subject, from, to = null, ticket, author, json } = options;
      if (text.trim() === '') command.error('error: a note needs a text');
      if (to !== null && to <= from) command.error('error: --from must be before --to');
      const id = await withStore(command, (store, { addNote }) =>
        addNote(store, { kind, subject, begins: from, ends: to, ticket, text, author }),
      );
      await print(json ? `${JSON.stringify({ id })}\n` : `${id}\n`);
    });
}

const MONTH_MS = 30 * 86_400_000;
const FAR_FUTURE = Date.UTC(2100, 0, 1);

function list(note: Command): void {
  note
    .command('list')
    .description('Shows the notes about a time, the earliest first.')
    .option('--from <time>', 'since when; 30 days ago unless given', moment)
    .option('--to <time>', 'before when', moment)
    .addOption(clickhouseUrl())
    .addOption(database())
    .option('--json', 'print one JSON line a note')
    .addHelpText(
      'after',
      helpTail({ 'tocsin note list --from 2020-07-01T00:00:00Z': 'since July' }, { 0: 'shown' }),
    )
    .action(async (options: { from?: number; to?: number; json?: boolean }, command: Command) => {
      const { from = Date.now() - MONTH_MS, to = FAR_FUTURE, json } = options;
      const notes = await withStore(command, (store, { readNotes }) => readNotes(store, from, to));
      for (const one of notes) {
        const time = (ms: number) => new Date(ms).toISOString();
        const span = one.ends === null ? time(one.begins) : `${time(one.begins)} to ${time(one.ends)}`;
        const about = [one.kind, one.subject].filter(Boolean).join(' ');
        const ticket = one.ticket ? ` [${one.ticket}]` : '';
        await print(
          json
            ? `${JSON.stringify(one)}\n`
            : `${one.id}  ${span}  ${about}${ticket}: ${one.text} (${one.author})\n`,
        );
      }
    });
}

function withdraw(note: Command): void {
  note
    .command('withdraw')
    .description('Takes a note back: no list and no dashboard shows it any more.')
    .addArgument(new Argument('<id>', 'as list shows it'))
    .addOption(clickhouseUrl())
    .addOption(database())
    .option('--json', 'print one JSON object: id, withdrawn')
    .addHelpText(
      'after',
      helpTail(
        { 'tocsin note withdraw 0190cf2e-3d5a-7000-8000-6f1d2b3c4d5e': 'nobody sees it any more' },
        { 0: 'taken back', 1: 'there is no such note' },
      ),
    )
    .action(async (id: string, { json }: { json?: boolean }, command: Command) => {
      const done = await withStore(command, (store, { withdrawNote }) => withdrawNote(store, id));
      if (!done) throw new CliError(`there is no note ${id}`);
      if (json) await print(`${JSON.stringify({ id, withdrawn: true })}\n`);
    });
}
