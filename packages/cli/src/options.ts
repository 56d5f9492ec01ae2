import { type Command, InvalidArgumentError, Option } from 'commander';

/**
 * The environment for a service, options given on the command line over variables: each option that stands
 * for a variable says so by `.env()`. Values are checked where they are read, by the service's own schema.
 */
export function envOf(command: Command): Record<string, string | undefined> {
  const given = command.options
    .filter((option) => option.envVar && command.getOptionValueSource(option.attributeName()) === 'cli')
    .map((option) => [option.envVar, String(command.getOptionValue(option.attributeName()))]);
  // Nor does the file count that a variable names, once the command line has the value.
  const files = given.map(([name]) => [`${name}_FILE`, undefined]);
  return { ...process.env, ...Object.fromEntries([...files, ...given]) };
}

export const kafkaBrokers = () =>
  new Option('--kafka-brokers <list>', 'where Kafka answers, host:port,…').env('KAFKA_BROKERS');

export const clickhouseUrl = () =>
  new Option('--clickhouse-url <url>', 'where ClickHouse answers, http://user:password@host:8123').env(
    'CLICKHOUSE_URL',
  );

export const database = () =>
  new Option('--database <name>', 'ClickHouse database').env('CLICKHOUSE_DATABASE');

export const alertsTopic = () => new Option('--topic <name>', 'topic of alerts').env('ALERTS_TOPIC');

export const inventoryTopic = () =>
  new Option('--inventory-topic <name>', 'topic of inventory events').env('INVENTORY_TOPIC');

/** Parses the name of a folder. An empty one is a variable that was not set, not the wish for the default. */
export function folder(name: string): string {
  if (name.trim() === '') throw new InvalidArgumentError('Expected a folder.');
  return name;
}

/** Parses a moment with its zone; ms since the epoch. */
export function moment(text: string): number {
  const ms = /^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:\d{2})$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(ms)) throw new InvalidArgumentError('expected a moment such as 2020-07-07T10:00:00Z');
  return ms;
}
