import type { Command } from 'commander';
import { clickhouseUrl, database, envOf, moment } from '../options.ts';
import { helpTail, print } from '../output.ts';

interface Options {
  from: number;
  to: number;
  json?: boolean;
}

export function reattributeCommand(program: Command): void {
  program
    .command('reattribute')
    .summary('have alerts compared with inventory and registries as they are now')
    .description(
      'Asks the processors to compare all alerts received from one time to another with the device history and the\n' +
        'registries as they are now, and to correct what differs; waits until they have. What the inventory brings late\n' +
        'is corrected without it: this is for registries that were changed for times past, and for bulk.\n' +
        'Sealed days stay as they are: they are counted, not compared.',
    )
    .addOption(clickhouseUrl())
    .addOption(database())
    .requiredOption('--from <time>', 'received since, such as 2020-07-07T10:00:00Z; of its hour on', moment)
    .requiredOption('--to <time>', 'received before', moment)
    .option('--json', 'print one JSON object: id, pieces, done, sealed, compared, corrected')
    .addHelpText(
      'after',
      helpTail(
        { 'tocsin reattribute --from 2020-06-01T00:00:00Z --to 2020-07-01T00:00:00Z': 'a month' },
        {
          0: 'compared and corrected',
          1: 'failed, or interrupted: the processors go on with the request all the same',
        },
      ),
    )
    .action(async ({ from, to, json }: Options, command: Command) => {
      if (from >= to) command.error('error: --from must be before --to');
      const [{ reattribute }, { readStoreConfig }] = await Promise.all([
        import('../reattribute.ts'),
        import('../config.ts'),
      ]);
      const done = await reattribute(readStoreConfig(envOf(command)), from, to);
      const { compared, corrected, sealed } = done;
      const left = sealed > 0 ? `; sealed and left as they are: ${sealed} days of partitions` : '';
      await print(
        json ? `${JSON.stringify(done)}\n` : `${compared} alerts compared, ${corrected} corrected${left}\n`,
      );
    });
}
