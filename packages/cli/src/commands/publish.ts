import type { Command } from 'commander';
import { alertsTopic, envOf, kafkaBrokers } from '../options.ts';
import { helpTail, print } from '../output.ts';

export function publishCommand(program: Command): void {
  program
    .command('publish')
    .summary('put alerts from files on Kafka')
    .description(
      'Puts every message of the files on the topic of alerts, under its device. Reads what `tocsin decode` reads;\n' +
        'what can not be decoded is published all the same, for the processor to reject.',
    )
    .argument('<file...>', 'files, or - for standard input')
    .addOption(kafkaBrokers())
    .addOption(alertsTopic())
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      helpTail(
        {
          'tocsin publish --kafka-brokers 127.0.0.1:9092 *.HEX': 'every vector',
          'tocsin publish - < alerts.jsonl': 'JSON lines',
        },
        { 0: 'Kafka has them all', 1: 'failed' },
      ),
    )
    .action(async (files: string[], options: { json?: boolean }, command: Command) => {
      const [{ publishFiles }, { readPublishConfig }] = await Promise.all([
        import('../messages/publish.ts'),
        import('../config.ts'),
      ]);
      const { brokers, topic } = readPublishConfig(envOf(command));
      const published = await publishFiles(files, brokers, topic);
      const { messages, unreadable } = published;
      const warning =
        unreadable > 0 ? `, ${unreadable} of them unreadable: the processor will reject those` : '';
      await print(
        options.json ? `${JSON.stringify({ topic, ...published })}\n` : `${messages} on ${topic}${warning}\n`,
      );
    });
}
