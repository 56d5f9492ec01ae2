import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type Contender, secondsSince } from '../contender.ts';
import { watch } from '../processes.ts';

const DRAIN = fileURLToPath(new URL('../drain-process.js', import.meta.url));

/** kafkajs alone, fetching as the processor does: what it takes to have the messages at all. */
export const drain: Contender = {
  name: 'kafkajs alone',
  async run({ engines, topic, env }, id) {
    const begun = performance.now();
    const child = fork(DRAIN, [topic.name, id, String(topic.messages)], {
      env: { ...env, KAFKA_BROKERS: engines.kafkaBrokers, CLICKHOUSE_URL: engines.clickhouseUrl },
    });
    const ended = once(child, 'exit').then(([code]) => {
      throw new Error(`the drain ended with ${code}`);
    });
    const next = () => Promise.race([once(child, 'message'), ended]);
    await next();
    const start = secondsSince(begun);
    const assigned = performance.now();
    const used = watch({ kafkajs: child.pid!, Kafka: engines.kafka.pid });
    await next();
    const visible = secondsSince(assigned);
    const usage = used();
    ended.catch(() => {});
    child.kill('SIGKILL');
    return { start, visible, built: null, usage, stored: null };
  },
};
