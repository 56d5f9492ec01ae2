import type { Store } from '@tocsin/clickhouse';
import type { Topic } from './topic.ts';

/** What came out of a run: the raw table, and the same counted from where answers come from. */
export interface Stored {
  /** Over all that the message says, and where it stood. */
  readonly digest: string;
  readonly raw: Volumes;
  readonly rollup: Volumes;
}

/** By alert code. */
type Volumes = Readonly<Record<string, { readonly messages: number; readonly alerts: number }>>;

/** @param rollup a table expression with alert_code, messages and alerts */
export async function readStored(store: Store, rollup: string): Promise<Stored> {
  const [row] = await store.rows<{ digest: string }>(
    `SELECT toString(sum(cityHash64(partition, offset, received_at, assumeNotNull(raised_at), device, originator,
       target, counter, alert_code, message_code, alerts, encoding))) AS digest
     FROM alerts`,
  );
  return {
    digest: row!.digest,
    raw: await volumes(store, 'SELECT alert_code, count() AS messages, sum(alerts) AS alerts FROM alerts'),
    rollup: await volumes(
      store,
      `SELECT alert_code, sum(messages) AS messages, sum(alerts) AS alerts FROM ${rollup}`,
    ),
  };
}

async function volumes(store: Store, select: string): Promise<Volumes> {
  const rows = await store.rows<{ alert_code: string; messages: number; alerts: number }>(
    `${select} GROUP BY alert_code`,
  );
  return Object.fromEntries(
    rows.map(({ alert_code, messages, alerts }) => [alert_code, { messages, alerts }]),
  );
}

/** @throws Error naming what one of several runs over the same topic stored otherwise than was produced */
export function checkStored(runs: readonly (readonly [name: string, stored: Stored])[], topic: Topic): void {
  const truth = canonical(topic.truth);
  for (const [name, { digest, raw, rollup }] of runs) {
    if (canonical(raw) !== truth) throw new Error(`${name}: raw rows are ${canonical(raw)}, not ${truth}`);
    if (canonical(rollup) !== truth)
      throw new Error(`${name}: the rollup says ${canonical(rollup)}, not ${truth}`);
    const [first, expected] = runs[0]!;
    if (digest !== expected.digest) throw new Error(`${name} stored other rows than ${first}`);
  }
}

function canonical(volumes: Volumes): string {
  return JSON.stringify(Object.entries(volumes).sort(([a], [b]) => (a < b ? -1 : 1)));
}
