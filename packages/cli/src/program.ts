import { Command } from 'commander';
import { apiCommand, tokenCommand } from './commands/api.ts';
import { backupCommand, restoreCommand } from './commands/backup.ts';
import { builderCommand } from './commands/builder.ts';
import { configCommand } from './commands/config.ts';
import { decodeCommand } from './commands/decode.ts';
import { embeddedCommand } from './commands/embedded.ts';
import { exportCommand } from './commands/export.ts';
import { exporterCommand } from './commands/exporter.ts';
import { importCommand } from './commands/import.ts';
import { inventoryCommand } from './commands/inventory.ts';
import { migrateCommand } from './commands/migrate.ts';
import { noteCommand } from './commands/note.ts';
import { processorCommand } from './commands/processor.ts';
import { publishCommand } from './commands/publish.ts';
import { reattributeCommand } from './commands/reattribute.ts';
import { redriveCommand } from './commands/redrive.ts';
import { registryCommand } from './commands/registry.ts';
import { reportCommand } from './commands/report.ts';
import { simulateCommand } from './commands/simulate.ts';
import { startCommand } from './commands/start.ts';
import { verifyCommand } from './commands/verify.ts';

/** The `tocsin` command. Services are loaded by the command that runs them, so that help is quick. */
export function createProgram(): Command {
  const program = new Command('tocsin')
    .description('Smart-meter alerts, every one counted exactly once, from Kafka to ClickHouse.')
    .version('0.1.0')
    .showHelpAfterError('(--help says how)')
    .exitOverride();
  startCommand(program);
  embeddedCommand(program);
  decodeCommand(program);
  publishCommand(program);
  importCommand(program);
  simulateCommand(program);
  migrateCommand(program);
  processorCommand(program);
  inventoryCommand(program);
  builderCommand(program);
  exporterCommand(program);
  apiCommand(program);
  tokenCommand(program);
  verifyCommand(program);
  backupCommand(program);
  restoreCommand(program);
  noteCommand(program);
  reattributeCommand(program);
  redriveCommand(program);
  reportCommand(program);
  exportCommand(program);
  registryCommand(program);
  configCommand(program);
  return program;
}
