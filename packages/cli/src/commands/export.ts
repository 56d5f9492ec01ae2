import { EXPORTS, type Export, FORMATS } from '@tocsin/answers';
import { Argument, type Command } from 'commander';
import { EXIT } from '../errors.ts';
import { clickhouseUrl, database, envOf } from '../options.ts';
import { helpTail, print } from '../output.ts';
import { askOptions, partyOption, readAsked, sentence } from './asked.ts';

type Options = Record<string, string | boolean | undefined>;

/** `tocsin export NAME FILE` for each export; its options are what is asked. */
export function exportCommand(program: Command): void {
  const all = program
    .command('export')
    .summary('a whole table as a file of any size, with a manifest: CSV or Parquet')
    .description(
      'Writes FILE, and FILE.manifest.json with its period, query, data version, rows and checksum. Neither is there\n' +
        'before it is whole. --class says how far it may go and leaves out what must not go there: devices (amber),\n' +
        'parties and groups under ten devices (green), all but the nation (white). The rule: packages/answers/src/exports/CLASSES.md.',
    )
    .addHelpText(
      'after',
      helpTail(
        Object.fromEntries(
          EXPORTS.map(({ name, example, summary }) => [`tocsin export ${name} FILE.csv ${example}`, summary]),
        ),
        { 0: 'the file is whole', 1: 'failed; there is no file' },
      ),
    );
  for (const one of EXPORTS) command(all, one);
}

function command(all: Command, one: Export): void {
  const command = all.command(one.name).summary(one.summary).description(sentence(one.summary));
  command.addArgument(
    new Argument('<file>', `to be written; ends in ${FORMATS.map((name) => `.${name}`).join(' or ')}`),
  );
  askOptions(command, one.asked);
  command
    .addOption(partyOption())
    .addOption(clickhouseUrl())
    .addOption(database())
    .option('--json', 'print the manifest')
    .addHelpText(
      'after',
      helpTail(
        { [`tocsin export ${one.name} FILE.parquet ${one.example}`]: 'with CLICKHOUSE_URL set' },
        { 0: 'the file is whole', 1: 'failed; there is no file' },
      ),
    )
    .action(async (file: string, options: Options, command: Command) => {
      const { json, party, clickhouseUrl: _url, database: _database, ...given } = options;
      const asked = readAsked(one.asked, given);
      const [{ writeExport }, { readExportConfig }] = await Promise.all([
        import('../export/write.ts'),
        import('../config.ts'),
      ]);
      const manifest = await writeExport(file, readExportConfig(envOf(command)), {
        ...{ one, asked, given: given as Record<string, string> },
        party: typeof party === 'string' ? party : null,
      });
      const { rows, bytes, sha256 } = manifest;
      await print(
        json
          ? `${JSON.stringify(manifest)}\n`
          : `${rows.toLocaleString('en-GB')} rows, ${bytes.toLocaleString('en-GB')} bytes, SHA-256 ${sha256}\n`,
      );
      process.exitCode ??= EXIT.ok;
    });
}
