import { type Command, InvalidArgumentError } from 'commander';
import { EXIT } from '../errors.ts';
import { clickhouseUrl, database, envOf } from '../options.ts';
import { helpTail, print } from '../output.ts';
import { answerCommands } from './answers.ts';
import { opsgCommands } from './opsg.ts';

interface Options {
  json?: boolean;
  compare?: string;
  scale?: number;
  definition?: string;
  from?: string;
  to?: string;
  shiftWeeks?: number;
}

export function reportCommand(program: Command): void {
  const report = program
    .command('report')
    .summary('answers from the store: what changed, why, who can act')
    .description('Answers a question from the store alone. Each has its own --help.')
    .addHelpText(
      'after',
      helpTail(
        {
          'tocsin report opsg-34 --compare truth.json': 'the figures of the minutes',
          'tocsin report migration-gate --from 2020-05-01 --to 2020-07-01': 'a question about a time',
        },
        { 0: 'answered', 1: 'could not be answered; what was measured does not agree' },
      ),
    );
  minutesCommand(report);
  opsgCommands(report);
  answerCommands(report);
}

function minutesCommand(report: Command): void {
  report
    .command('opsg-34')
    .summary('the figures of the Operations Group’s minutes, and a comparison with them')
    .description(
      'Measures each figure from the store alone, with its formula, its window and how many devices it rests on.\n' +
        'With --compare it then lays the truth of a scenario and the figures of the minutes beside what it measured.',
    )
    .addOption(clickhouseUrl())
    .addOption(database())
    .option('--json', 'print JSON: a line with what was measured, and with --compare a second line')
    .option('--compare <truth>', 'then compare with this truth file and with the minutes')
    .option(
      '--scale <n>',
      'devices that one of the store stands for, by which the minutes are divided; as the truth says unless given',
      scale,
    )
    .option('--from <day>', 'first day of the period, such as 2020-02-01', day)
    .option('--to <day>', 'last day of the period', day)
    .option(
      '--shift-weeks <n>',
      'the calendar is later by so many weeks; as many as the store says, unless given',
      weeks,
    )
    .option('--definition <file>', 'codes, versions and windows of your own')
    .addHelpText(
      'after',
      helpTail(
        {
          'tocsin report opsg-34': 'with CLICKHOUSE_URL set',
          'tocsin report opsg-34 --compare truth.json': 'against the truth of a scenario, and the minutes',
          'tocsin report opsg-34 --json | jq .figures': 'for a script',
        },
        {
          0: 'measured, and nothing disagrees',
          1: 'measured, and something does not agree; or it could not be measured',
        },
      ),
    )
    .action(async (options: Options, command: Command) => {
      const [{ measure }, { readDefinition }, { readStoreConfig }, { showMeasured }] = await Promise.all([
        import('../report/measure.ts'),
        import('../report/options.ts'),
        import('../config.ts'),
        import('@tocsin/report'),
      ]);
      const definition = await readDefinition('opsg-34', options);
      const measured = await measure(readStoreConfig(envOf(command)), definition, options);
      const text = JSON.stringify(measured);
      await print(options.json ? `${text}\n` : showMeasured(measured));
      if (options.compare === undefined) return;

      const { compareWithFile } = await import('../report/compare.ts');
      const comparison = await compareWithFile(text, options.compare, definition, options.scale);
      await print(options.json ? `${JSON.stringify(comparison.found)}\n` : `\n${comparison.text}`);
      if (comparison.warning) process.stderr.write(`warning: ${comparison.warning}\n`);
      if (!comparison.found.agrees) process.exitCode = EXIT.failed;
    });
}

function day(text: string): string {
  if (/^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text))) return text;
  throw new InvalidArgumentError('Expected a day such as 2020-07-07.');
}

function scale(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new InvalidArgumentError('Expected a whole number from 1 on.');
}

function weeks(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value)) return value;
  throw new InvalidArgumentError('Expected a whole number of weeks.');
}
