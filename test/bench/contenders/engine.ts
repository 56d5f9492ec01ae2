import type { Store } from '@tocsin/clickhouse';
import { type Contender, type Course, type Run, secondsSince } from '../contender.ts';
import { inOwnDatabase } from '../database.ts';
import { watch } from '../processes.ts';
import { readStored } from '../stored.ts';
import { hasRows, untilReached } from '../until-reached.ts';

const PARTITIONS = 4;

const settings = ({ engines, topic }: Course, group: string) => `
  kafka_broker_list = '${engines.kafkaBrokers}', kafka_topic_list = '${topic.name}', kafka_group_name = '${group}',
  kafka_format = 'JSONEachRow', date_time_input_format = 'best_effort',
  kafka_num_consumers = ${PARTITIONS}, kafka_disable_num_consumers_limit = 1, kafka_thread_per_consumer = 1,
  kafka_max_block_size = 1000000, kafka_poll_max_batch_size = 1000000, kafka_flush_interval_ms = 7500`;

/** In the order in which they are made. The last one lets the engine begin. */
const OBJECTS = (course: Course, group: string) => [
  `CREATE TABLE queue (
     requestId String, deviceId String, alertCode LowCardinality(String),
     raisedAt DateTime64(3, 'UTC'), receivedAt DateTime64(3, 'UTC'), throttledAlertCount UInt32
   ) ENGINE = Kafka SETTINGS ${settings(course, group)}`,
  `CREATE TABLE rollup (
     hour DateTime('UTC'), alert_code LowCardinality(String), message_code UInt16, target FixedString(16),
     encoding Enum8('json' = 1, 'duis' = 2, 'gbcs' = 3),
     alerts SimpleAggregateFunction(sum, UInt64), messages SimpleAggregateFunction(sum, UInt64),
     devices AggregateFunction(uniq, FixedString(16))
   ) ENGINE = AggregatingMergeTree PARTITION BY toYYYYMM(hour)
   ORDER BY (hour, alert_code, message_code, target, encoding)`,
  `CREATE MATERIALIZED VIEW to_rollup TO rollup AS
   SELECT toStartOfHour(received_at) AS hour, alert_code, message_code, target, encoding,
     sum(alerts) AS alerts, count() AS messages, uniqState(device) AS devices
   FROM alerts GROUP BY hour, alert_code, message_code, target, encoding`,
  `CREATE MATERIALIZED VIEW to_alerts TO alerts AS
   SELECT '${group}' AS stream, _partition AS partition, _offset AS offset, now64(3) AS planned_at,
     receivedAt AS received_at, raisedAt AS raised_at,
     replaceAll(deviceId, '-', '') AS device,
     replaceAll(substring(requestId, 1, 23), '-', '') AS originator,
     replaceAll(substring(requestId, 25, 23), '-', '') AS target,
     toUInt64(substring(requestId, 49)) AS counter,
     alertCode AS alert_code, 0 AS message_code, greatest(throttledAlertCount, 1) AS alerts, 'json' AS encoding
   FROM queue`,
];

/** ClickHouse's own Kafka table engine, with the raw table of our migrations and a materialized view in builds' stead. */
export const engine: Contender = {
  name: 'Kafka engine',
  run: (course, id) =>
    inOwnDatabase(course.engines.clickhouseUrl, id.replaceAll('-', '_'), async (store) => {
      try {
        return await measure(course, store, id);
      } finally {
        await store.command('DROP VIEW IF EXISTS to_alerts SYNC');
        await store.command('DROP TABLE IF EXISTS queue SYNC');
      }
    }),
};

async function measure(course: Course, store: Store, group: string): Promise<Run> {
  const { engines, topic } = course;
  const objects = OBJECTS(course, group);
  for (const statement of objects.slice(0, -1)) await store.command(statement);
  const begun = performance.now();
  await store.command(objects.at(-1)!);
  await untilReached(topic, [], () => isAssigned(store));
  const start = secondsSince(begun);
  const assigned = performance.now();
  const used = watch({ ClickHouse: engines.clickhouse.pid, Kafka: engines.kafka.pid });
  await untilReached(topic, [], hasRows(store, topic.messages));
  await untilReached(topic, [], async () => {
    const [row] = await store.rows<{ n: number }>('SELECT sum(messages) AS n FROM rollup');
    return row!.n === topic.messages;
  });
  const visible = secondsSince(assigned);
  return { start, visible, built: visible, usage: used(), stored: await readStored(store, 'rollup') };
}

/** Whether any consumer has partitions: the first to join has all of them until the others do. */
async function isAssigned(store: Store): Promise<boolean> {
  const [row] = await store.rows<{ n: number }>(
    `SELECT sum(length(assignments.partition_id)) AS n FROM system.kafka_consumers
     WHERE database = currentDatabase() AND table = 'queue'`,
  );
  return row!.n > 0;
}
