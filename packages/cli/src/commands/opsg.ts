import { userInfo } from 'node:os';
import { type Command, InvalidArgumentError } from 'commander';
import { EXIT } from '../errors.ts';
import { clickhouseUrl, database, envOf, folder } from '../options.ts';
import { helpTail, print } from '../output.ts';

interface Options {
  readonly group: string;
  readonly from?: string;
  readonly to?: string;
  readonly out?: string;
  readonly json?: boolean;
  readonly publish?: boolean;
  readonly author: string;
}

/** `report opsg`, and `report diff` of what it published. */
export function opsgCommands(report: Command): void {
  opsg(report);
  diff(report);
}

function opsg(report: Command): void {
  report
    .command('opsg')
    .summary('one document of a period for an operations group: what changed, why, who can act')
    .description(
      'Asks the questions of `tocsin report` for one document, in the form of item 7 of the minutes: what changed, why, what\n' +
        'can be stopped and by whom, what can’t. Every number carries the command that gives it. Markdown goes to standard\n' +
        'output, or with --out Markdown, HTML and plots into a folder.',
    )
    .requiredOption('--group <number>', 'of the group’s meeting: the document’s name is opsg-<number>', group)
    .option(
      '--from <time>',
      'since when, a London day or a moment with its zone; by default the last month that is over',
    )
    .option('--to <time>', 'until when, not included; by default the end of the month')
    .option('--out <folder>', 'write Markdown, HTML and plots there', folder)
    .option('--publish', 'keep its numbers and what they were made of in the store, as a new revision')
    .option('--author <name>', 'who publishes it', userInfo().username)
    .addOption(clickhouseUrl())
    .addOption(database())
    .option('--json', 'print one JSON object: every number with its query; files, revision')
    .addHelpText(
      'after',
      helpTail(
        {
          'tocsin report opsg --group 34 --from 2020-06-01 --to 2020-07-01 --out june':
            'files into the folder june',
          'tocsin report opsg --group 34 --publish':
            'the last month; report diff opsg-34 says later what changed',
        },
        { 0: 'written', 1: 'could not be answered or published' },
      ),
    )
    .action(async ({ group, from, to, out, json, publish, author }: Options, command: Command) => {
      const [{ createStore }, { readStoreConfig }, { periodAsked }, made] = await Promise.all([
        import('@tocsin/clickhouse'),
        import('../config.ts'),
        import('../opsg/asked.ts'),
        import('../opsg/create.ts'),
      ]);
      const now = Date.now();
      const period = periodAsked({ ...(from && { from }), ...(to && { to }) }, now);
      const store = createStore(readStoreConfig(envOf(command)));
      try {
        const created = await made.create(store, group, period, now);
        const files = out === undefined ? [] : await made.writeFiles(created, out);
        const revision = publish ? await made.publishCreated(store, created, author) : null;
        if (json) await print(`${JSON.stringify({ ...made.jsonOf(created), files, revision })}\n`);
        else {
          await print(
            out === undefined ? made.markdownOf(created) : files.map((file) => `${file}\n`).join(''),
          );
          if (revision !== null)
            process.stderr.write(`published as ${created.document.name}, revision ${revision}\n`);
        }
      } finally {
        await store.close();
      }
    });
}

function diff(report: Command): void {
  report
    .command('diff')
    .summary('what of a published document would be otherwise now, and why')
    .description(
      'Asks each number of a published document anew, lists those that differ, and says what came since: alerts, inventory,\n' +
        'corrections, registries, dead letters put back.',
    )
    .argument('<name>', 'as it was published, such as opsg-34')
    .option('--revision <n>', 'which revision; by default the newest', revision)
    .addOption(clickhouseUrl())
    .addOption(database())
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      helpTail(
        { 'tocsin report diff opsg-34': 'with CLICKHOUSE_URL set' },
        { 0: 'no number differs', 1: 'numbers differ; nothing was published by that name' },
      ),
    )
    .action(
      async (name: string, { revision, json }: { revision?: number; json?: boolean }, command: Command) => {
        const [{ createStore }, { readStoreConfig }, { diff, showDiff }] = await Promise.all([
          import('@tocsin/clickhouse'),
          import('../config.ts'),
          import('../opsg/diff.ts'),
        ]);
        const store = createStore(readStoreConfig(envOf(command)));
        try {
          const found = await diff(store, name, revision ?? null);
          await print(json ? `${JSON.stringify(found)}\n` : showDiff(found));
          if (found.differences.length > 0) process.exitCode = EXIT.failed;
        } finally {
          await store.close();
        }
      },
    );
}

function group(text: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9-]{0,31}$/.test(text)) return text;
  throw new InvalidArgumentError('Expected a number such as 34: letters, digits and dashes.');
}

function revision(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new InvalidArgumentError('Expected a whole number from 1 on.');
}
