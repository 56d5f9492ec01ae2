import type { Store } from '@tocsin/clickhouse';
import { type Env, type Service, startService } from '../../support/service.ts';
import { type Contender, type Course, type Run, secondsSince } from '../contender.ts';
import { inOwnDatabase } from '../database.ts';
import { watch } from '../processes.ts';
import { readStored } from '../stored.ts';
import { hasRows, untilReached } from '../until-reached.ts';

/** Hours are built as soon as a second has brought nothing more for them; a larger quiet time is waiting, not work. */
const BUILDER = { BUILD_INTERVAL_MS: '250', BUILD_QUIET_SECONDS: '1' };

/** One processor and one builder, each a process, as `tocsin` starts them. */
export const ours: Contender = { name: 'Tocsin', run: (course, id) => runOurs(course, id, {}) };

/** @param processorEnv beside what every run of ours has */
export function runOurs(course: Course, id: string, processorEnv: Env): Promise<Run> {
  const { engines, topic } = course;
  const database = id.replaceAll('-', '_');
  const env = {
    ...BUILDER,
    ...(course.env as Env),
    KAFKA_BROKERS: engines.kafkaBrokers,
    CLICKHOUSE_URL: engines.clickhouseUrl,
    CLICKHOUSE_DATABASE: database,
    ALERTS_TOPIC: topic.name,
    GROUP_ID: id,
    METRICS_PORT: '0',
  };
  return inOwnDatabase(engines.clickhouseUrl, database, async (store) => {
    const builder = startService(['builder'], env);
    const services: Service[] = [builder];
    try {
      await builder.line('its start', ({ msg }) => msg === 'started');
      const begun = performance.now();
      const processor = startService(['processor'], { ...env, ...processorEnv });
      services.push(processor);
      await processor.line('an assignment', ({ msg }) => msg === 'assigned');
      return await measure(course, store, begun, processor, builder);
    } finally {
      await Promise.all(services.map((service) => service.kill('SIGTERM')));
    }
  });
}

async function measure(
  { engines, topic }: Course,
  store: Store,
  begun: number,
  processor: Service,
  builder: Service,
): Promise<Run> {
  const start = secondsSince(begun);
  const assigned = performance.now();
  const used = watch({
    processor: processor.pid,
    builder: builder.pid,
    ClickHouse: engines.clickhouse.pid,
    Kafka: engines.kafka.pid,
  });
  const { from, to } = topic;
  const range = `(from = '${from}', to = '${to}')`;
  await untilReached(topic, [processor, builder], hasRows(store, topic.messages));
  await untilReached(topic, [processor, builder], async () => {
    const [row] = await store.rows<{ n: number }>(`SELECT sum(messages) AS n FROM alert_volume${range}`);
    return row!.n === topic.messages;
  });
  const visible = secondsSince(assigned);
  await untilReached(topic, [processor, builder], async () => {
    const [row] = await store.rows<{ fresh: number }>(
      `SELECT countIf(toUInt128(version) != 0) AS fresh
       FROM bucket_versions(target = 'rollup_hours', seconds = 3600, from = '${from}', to = '${to}')`,
    );
    return row!.fresh === topic.hours;
  });
  const built = secondsSince(assigned);
  const usage = used();
  return { start, visible, built, usage, stored: await readStored(store, `alert_volume${range}`) };
}
