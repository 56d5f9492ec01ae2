import { Command } from 'commander';
import { decodeCommand } from './commands/decode.ts';

export function createProgram(): Command {
  const program = new Command('tocsin')
    .description('Smart-meter alerts, every one counted exactly once, from Kafka to ClickHouse.')
    .version('0.1.0')
    .showHelpAfterError('(--help says how)')
    .exitOverride();
  decodeCommand(program);
  return program;
}
