import type { Command } from 'commander';
import { EXIT } from '../errors.ts';
import { helpTail, print } from '../output.ts';

export function decodeCommand(program: Command): void {
  program
    .command('decode')
    .summary('show the alerts in files, one JSON line each')
    .description(
      'Reads alerts from hex text, binary GBCS, DUIS XML, JSON or JSON lines, told apart by content, and prints\n' +
        'one JSON line an alert: requestId, deviceId, target, alertCode, name, raisedAt, counter, messageCode,\n' +
        'encoding. What can not be read is named on stderr with the reason; the rest is read all the same.',
    )
    .argument('<file...>', 'files, or - for standard input')
    .addHelpText(
      'after',
      helpTail(
        {
          'tocsin decode alert.HEX': 'one alert',
          'tocsin decode *.xml | jq .alertCode': 'many files',
          'kafka-console-consumer … | tocsin decode -': 'JSON lines as they arrive',
        },
        { 0: 'every message was read', 1: 'some could not be read' },
      ),
    )
    .action(async (files: string[]) => {
      const [{ createAlert, decode, describe, meaningOf }, { readMessages }] = await Promise.all([
        import('@tocsin/domain'),
        import('../messages/read.ts'),
      ]);
      const alert = createAlert();
      const now = Date.now();
      const complain = (text: string) => {
        process.stderr.write(`${text}\n`);
        process.exitCode = EXIT.failed;
      };
      for (const file of files) {
        const name = file === '-' ? 'standard input' : file;
        try {
          for await (const input of readMessages(file)) {
            const reason = 'value' in input ? decode(input.value, now, alert) : null;
            if ('fault' in input) complain(`${name}: ${input.where}: ${input.fault}`);
            else if (reason === null) await print(`${JSON.stringify(describe(alert))}\n`);
            else complain(`${name}: ${input.where}: ${reason}: ${meaningOf(reason)}`);
          }
        } catch (error) {
          complain(error instanceof Error ? error.message : String(error));
        }
      }
    });
}
