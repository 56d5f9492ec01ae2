import { Argument, type Command, InvalidArgumentError, Option } from 'commander';
import { EXIT } from '../errors.ts';
import { envOf, kafkaBrokers } from '../options.ts';
import { helpTail, print } from '../output.ts';

interface Options {
  topic?: string;
  map: Readonly<Record<string, string>>;
  set: Readonly<Record<string, string>>;
  mapping?: string;
  timeZone?: string;
  delimiter: string;
  dryRun?: boolean;
  refused?: string;
  json?: boolean;
}

export function importCommand(program: Command): void {
  program
    .command('import')
    .summary('put your own inventory or alerts on Kafka, from CSV or Parquet')
    .description(
      'Reads a table row by row, holds each against the rules of the services that will take it, and puts those that\n' +
        'they would take on the topic of the inventory or of alerts, under their device. Others are refused and listed.\n' +
        'A column goes to the field of its own name, whatever its case, spaces, dashes and underscores. An empty cell\n' +
        'says nothing; for a party (supplier, gasSupplier, networkOperator), none says that there is none.\n' +
        'A time needs an offset, or --time-zone.',
    )
    .addArgument(new Argument('<what>', 'what the rows are').choices(['inventory', 'alerts']))
    .argument('<file>', 'ends in .csv (UTF-8, the first row names the columns) or .parquet')
    .addOption(kafkaBrokers())
    .option('--topic <name>', 'topic; INVENTORY_TOPIC or ALERTS_TOPIC, else inventory or alerts')
    .addOption(
      new Option('--map <column=field>', 'take a field from a column; may be repeated')
        .argParser(
          pair(
            (text) => text.lastIndexOf('='),
            ([column, field]) => [field, column],
          ),
        )
        .default({}, 'each field from the column of its name'),
    )
    .addOption(
      new Option('--set <field=value>', 'the same value for every row; may be repeated')
        .argParser(
          pair(
            (text) => text.indexOf('='),
            ([field, value]) => [field, value],
          ),
        )
        .default({}, 'nothing'),
    )
    .option('--mapping <file.yaml>', 'the same as a file: fields, set, values, timeZone')
    .option('--time-zone <name>', 'of times without an offset, such as Europe/London; else they are refused')
    .option('--delimiter <text>', 'what divides the cells of CSV, \\t for tabs', ',')
    .option('--dry-run', 'check every row and put nothing on Kafka')
    .option('--refused <file.csv>', 'write the list of refused rows: row, field, value, expected')
    .option('--json', 'print one JSON object: topic, rows, taken, refused, refusals (the first 10), unused')
    .addHelpText('after', () => FORMS + TAIL)
    .action(async (what: 'inventory' | 'alerts', file: string, options: Options, command: Command) => {
      const [{ runImport, showImport }, { readImportConfig }] = await Promise.all([
        import('../import/run.ts'),
        import('../config.ts'),
      ]);
      const config = readImportConfig(envOf(command), what, options);
      const done = await runImport(what, file, options, config);
      if (options.json) await print(`${JSON.stringify(done)}\n`);
      else showImport(done, options);
      if (done.refused > 0) process.exitCode = EXIT.failed;
    });
}

const FORMS = `
Inventory, a row an event that says what holds of a device from a time on:
  deviceId, effectiveAt, event (required) and what the event tells:
  installed                 kind, and if known manufacturer, model, firmware, smets, cohort, region, hub, hubRelease,
                            supplier, gasSupplier, networkOperator, hanState, credentials
  commissioned, decommissioned
  joined                    hub
  firmware-downloaded, firmware-activated  version
  firmware-failed           version, phase, reason
  supplier-changed          supplier, gasSupplier
  network-operator-changed  networkOperator
  credentials               role, credentials
  han-state                 hanState
  alert-behaviour           code, setting, via
  A list of devices as they stand is --set event=installed --set effectiveAt=2020-02-01T00:00:00Z.
Alerts, a row a message:
  deviceId, alertCode, receivedAt (required), raisedAt, target, throttledAlertCount, requestId, gbcsPayload

The same rows imported twice count once: a row without eventId or requestId gets one made of what it says (for alerts
also of how many rows before it said the same). The services know ids again over DUPLICATE_WINDOW records of a
partition (100000 unless set), so import a file of more rows than that again only under a wider window. Times are
held against the services' own limits: FUTURE_TOLERANCE_SECONDS and RETENTION_DAYS (3650 unless set) for alerts,
ANNOUNCE_DAYS for inventory.
`;

const TAIL = helpTail(
  {
    'tocsin import inventory devices.csv --dry-run --refused refused.csv': 'check it first',
    'tocsin import inventory devices.csv --set event=installed --map EUI=deviceId': 'a list of devices',
    'tocsin import alerts june.parquet --time-zone Europe/London': 'civil times',
    'tocsin import alerts june.csv --map TIME=receivedAt --map TIME=raisedAt': 'one column, two fields',
    'tocsin import inventory examples/meters.csv --mapping examples/meters.mapping.yaml': 'other names',
    'tocsin import alerts examples/alerts.csv': 'a template; examples/inventory.csv is one too',
  },
  { 0: 'every row was taken', 1: 'some rows were refused, or it failed', 2: 'wrong usage, file or mapping' },
);

/** Parses `left=right`, divided at the place given, and adds it to what was given before. */
function pair(
  divide: (text: string) => number,
  entry: (sides: [string, string]) => [string, string],
): (text: string, before: Readonly<Record<string, string>>) => Record<string, string> {
  return (text, before) => {
    const at = divide(text);
    if (at < 1) throw new InvalidArgumentError('Expected two names and = between them.');
    const [field, value] = entry([text.slice(0, at), text.slice(at + 1)]);
    if (Object.hasOwn(before, field)) throw new InvalidArgumentError(`${field} was given before.`);
    return { ...before, [field]: value };
  };
}
