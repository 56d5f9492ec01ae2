import { Command } from 'commander';

type Adding = (program: Command) => void;

/** Adds a command to the program, by its name: in the order in which the help tells of them. */
const COMMANDS: Readonly<Record<string, () => Promise<Adding>>> = {
  start: async () => (await import('./commands/start.ts')).startCommand,
  embedded: async () => (await import('./commands/embedded.ts')).embeddedCommand,
  decode: async () => (await import('./commands/decode.ts')).decodeCommand,
  publish: async () => (await import('./commands/publish.ts')).publishCommand,
  import: async () => (await import('./commands/import.ts')).importCommand,
  simulate: async () => (await import('./commands/simulate.ts')).simulateCommand,
  migrate: async () => (await import('./commands/migrate.ts')).migrateCommand,
  processor: async () => (await import('./commands/processor.ts')).processorCommand,
  inventory: async () => (await import('./commands/inventory.ts')).inventoryCommand,
  builder: async () => (await import('./commands/builder.ts')).builderCommand,
  exporter: async () => (await import('./commands/exporter.ts')).exporterCommand,
  api: async () => (await import('./commands/api.ts')).apiCommand,
  token: async () => (await import('./commands/api.ts')).tokenCommand,
  verify: async () => (await import('./commands/verify.ts')).verifyCommand,
  backup: async () => (await import('./commands/backup.ts')).backupCommand,
  restore: async () => (await import('./commands/backup.ts')).restoreCommand,
  note: async () => (await import('./commands/note.ts')).noteCommand,
  reattribute: async () => (await import('./commands/reattribute.ts')).reattributeCommand,
  redrive: async () => (await import('./commands/redrive.ts')).redriveCommand,
  report: async () => (await import('./commands/report.ts')).reportCommand,
  export: async () => (await import('./commands/export.ts')).exportCommand,
  registry: async () => (await import('./commands/registry.ts')).registryCommand,
  config: async () => (await import('./commands/config.ts')).configCommand,
};

/**
 * The `tocsin` command. Only the command that is `asked` for is loaded, and by it what it runs: all of them are only for
 * help, and for whoever asks for one that there isn't.
 */
export async function createProgram(asked?: string): Promise<Command> {
  const program = new Command('tocsin')
    .description('Smart-meter alerts, every one counted exactly once, from Kafka to ClickHouse.')
    .version('0.1.0')
    .showHelpAfterError('(--help says how)')
    .exitOverride();
  const names = asked !== undefined && Object.hasOwn(COMMANDS, asked) ? [asked] : Object.keys(COMMANDS);
  for (const name of names) (await COMMANDS[name]!())(program);
  return program;
}
