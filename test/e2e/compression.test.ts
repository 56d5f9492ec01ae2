import { kafkaTool } from '@tocsin/embedded';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Line, startLine } from '../support/line.ts';
import { until } from '../support/until.ts';

const PRODUCER = 'org.apache.kafka.tools.ConsoleProducer';
const MESSAGES = 2000;

let line: Line;
beforeAll(async () => {
  line = await startLine();
});
afterAll(() => line?.stop());

/** Alerts whose counters tell the compressions apart. */
function alerts(first: number): string {
  const receivedAt = new Date().toISOString();
  const lines = Array.from({ length: MESSAGES }, (_, n) =>
    JSON.stringify({
      requestId: `00-DB-12-34-56-78-90-A0:90-B3-D5-1F-30-01-00-00:${first + n}`,
      deviceId: '00-DB-12-34-56-78-90-A0',
      alertCode: '8F3E',
      raisedAt: receivedAt,
      receivedAt,
    }),
  );
  return `${lines.join('\n')}\n`;
}

test.each(['none', 'gzip', 'snappy', 'lz4', 'zstd'].map((name, n) => [name, (n + 1) * 1_000_000] as const))(
  "what Kafka's own producer compresses with %s is read",
  async (compression, first) => {
    const args = [
      '--bootstrap-server',
      line.brokers,
      '--topic',
      'alerts',
      '--compression-codec',
      compression,
    ];
    await kafkaTool(PRODUCER, args, { input: alerts(first) });
    const query = `SELECT count() AS n, uniqExact(counter) AS distinct FROM alerts
      WHERE counter >= {first:UInt64} AND counter < {first:UInt64} + 1000000`;
    const [counts] = await until(`${MESSAGES} alerts`, async () => {
      const rows = await line.store.rows<{ n: number; distinct: number }>(query, { first });
      return (rows[0]?.n ?? 0) >= MESSAGES && rows;
    });
    expect(counts).toEqual({ n: MESSAGES, distinct: MESSAGES });
  },
);
