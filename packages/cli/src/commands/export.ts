import { extname } from 'node:path';
import { EXPORTS, type Export, FORMATS } from '@tocsin/answers';
import { Argument, type Command } from 'commander';
import { EXIT, UsageError } from '../errors.ts';
import type { Asked } from '../export/write.ts';
import { clickhouseUrl, database, envOf } from '../options.ts';
import { helpTail, print } from '../output.ts';
import { askOptions, partyOption, readAsked, sentence } from './asked.ts';

/** Whole tables, and one page of their sums. */
const ENDINGS = [...FORMATS, 'html'].map((name) => `.${name}`).join(' or ');

type Options = Record<string, string | boolean | undefined>;

/** `tocsin export NAME FILE` for each export; its options are what is asked. */
export function exportCommand(program: Command): void {
  const all = program
    .command('export')
    .summary(
      'a whole table as a file of any size, with a manifest: CSV or Parquet; or its sums with plots: HTML',
    )
    .description(
      'Writes FILE, and FILE.manifest.json with its period, query, data version, rows and checksum. Neither is there\n' +
        'before it is whole. A FILE.html has sums of the same rows, with plots, and no manifest. --class says how far it may go and leaves out what must not go there: devices (amber),\n' +
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
  command.addArgument(new Argument('<file>', `to be written; ends in ${ENDINGS}`));
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
      const wanted = {
        ...{ one, asked, given: given as Record<string, string> },
        party: typeof party === 'string' ? party : null,
      };
      await print(await written(file, command, wanted, json === true));
      process.exitCode ??= EXIT.ok;
    });
}

/** Writes the file; gives what is to be said of it. */
async function written(file: string, command: Command, wanted: Asked, json: boolean): Promise<string> {
  const ending = extname(file).slice(1).toLowerCase();
  const format = FORMATS.find((name) => name === ending);
  if (!format && ending !== 'html') throw new UsageError(`${file}: expected a name that ends in ${ENDINGS}`);
  const { readExportConfig } = await import('../config.ts');
  const config = readExportConfig(envOf(command));
  if (!format) {
    const { writeSummary } = await import('../export/summary.ts');
    const summary = await writeSummary(file, config, wanted);
    return json ? `${JSON.stringify(summary)}\n` : `sums of ${summary.rows.toLocaleString('en-GB')} rows\n`;
  }
  const { writeExport } = await import('../export/write.ts');
  const manifest = await writeExport(file, format, config, wanted);
  const { rows, bytes, sha256 } = manifest;
  return json
    ? `${JSON.stringify(manifest)}\n`
    : `${rows.toLocaleString('en-GB')} rows, ${bytes.toLocaleString('en-GB')} bytes, SHA-256 ${sha256}\n`;
}
