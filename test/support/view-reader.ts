import { setTimeout as pause } from 'node:timers/promises';
import { isRetryable } from '@tocsin/clickhouse';
import { connectKafka, logBounds } from '@tocsin/kafka';
import type { Lane } from './lane.ts';
import { until } from './until.ts';

export interface ViewReader {
  /** Stops reading and gives the number of reads. @throws Error with the first that was wrong */
  end(): Promise<number>;
}

/** Readers share two cores with what they watch: they rest for longer than they read. */
const PAUSE_MS = 100;
const REST = 20;

/**
 * Reads the view again and again: an hour that ever shows fewer messages or alerts than before, or a sum above
 * what Kafka has, is wrong. The log's ends are read after the view, so they may only be ahead of it.
 */
export async function readViewOf(lane: Lane): Promise<ViewReader> {
  const { store, brokers, topic } = lane;
  const admin = connectKafka({ brokers: brokers.split(','), clientId: 'view-reader' }).admin();
  await admin.connect();
  const seen = new Map<string, { messages: number; alerts: number }>();
  let ended = false;
  let reads = 0;

  async function readOnce(): Promise<void> {
    const rows = await store.rows<{ hour: string; messages: number; alerts: number }>(
      `SELECT toString(hour) AS hour, sum(messages) AS messages, sum(alerts) AS alerts
       FROM alert_volume(from = '1970-01-01 00:00:00', to = '2106-01-01 00:00:00') GROUP BY hour`,
    );
    const now = new Map(rows.map(({ hour, ...volume }) => [hour, volume]));
    for (const [hour, volume] of seen) {
      const { messages, alerts } = now.get(hour) ?? { messages: 0, alerts: 0 };
      if (messages < volume.messages || alerts < volume.alerts)
        throw new Error(
          `the view of ${hour} went back from ${JSON.stringify(volume)} to ${messages}, ${alerts}`,
        );
    }
    for (const [hour, volume] of now) seen.set(hour, volume);
    const shown = rows.reduce((sum, { messages }) => sum + messages, 0);
    const produced = await recordsIn(admin, topic);
    if (shown > produced) throw new Error(`the view shows ${shown} messages, Kafka has ${produced}`);
    reads++;
  }

  async function loop(): Promise<void> {
    while (!ended) {
      const begun = performance.now();
      await readOnce().catch(async (error: Error) => {
        // Engines are killed meanwhile: what they can't answer, they are asked again.
        if (!isRetryable(error) && !error.name.startsWith('KafkaJS')) throw error;
      });
      await pause(Math.max(PAUSE_MS, REST * (performance.now() - begun)));
    }
  }

  const running = loop();
  running.catch(() => {});
  await until('the first read of the view', () => Promise.race([running.then(() => true), reads > 0]));
  return {
    async end() {
      ended = true;
      await running.finally(() => admin.disconnect());
      return reads;
    },
  };
}

async function recordsIn(admin: Parameters<typeof logBounds>[0], topic: string): Promise<number> {
  let records = 0;
  for (const { latest } of (await logBounds(admin, topic)).values()) records += latest;
  return records;
}
