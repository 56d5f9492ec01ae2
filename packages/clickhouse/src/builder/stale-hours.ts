import type { Store } from '../client.ts';

/** When a stale hour is worth building. All times are seconds. */
export interface BuildPolicy {
  /** How long after its end an hour counts as closed. */
  graceSeconds: number;
  /** An hour waits until its ledger has had no new block for this long … */
  quietSeconds: number;
  /** … but no longer than this since its first block or last build, so that a trickle does not starve it. */
  patienceSeconds: number;
}

export const BUILD_POLICY: BuildPolicy = { graceSeconds: 30, quietSeconds: 3, patienceSeconds: 300 };

/** `hour` is its beginning, `YYYY-MM-DD hh:mm:ss` in UTC; `accepted` are the ledger's messages. */
export interface StaleHour {
  hour: string;
  accepted: number;
  /** Whether policy lets it be built now. */
  due: boolean;
}

/** Closed hours without a fresh build, oldest first. Sees every committed build, also those of this second. */
export function findStaleHours(store: Store, policy: BuildPolicy): Promise<StaleHour[]> {
  return store.rows<StaleHour>(
    `SELECT toString(ledger.hour) AS hour, accepted,
       (latest <= now64(3) - {quiet:UInt32} OR greatest(began, built) <= now64(3) - {patience:UInt32})::Bool AS due
     FROM (
       SELECT hour, sum(hour_accepted) AS accepted, min(planned_at) AS began, max(planned_at) AS latest
       FROM blocks
       WHERE hour < toStartOfHour(now('UTC') - {grace:UInt32})
       GROUP BY hour
       HAVING accepted > 0
     ) AS ledger
     LEFT JOIN (
       SELECT bucket, groupArrayIf(source_rows, NOT superseded) AS counts, max(at) AS built
       FROM (
         SELECT bucket, version, any(source_rows) AS source_rows, max(superseded) AS superseded, min(at) AS at
         FROM builds
         WHERE target = 'rollup_hours' AND revision = 0
         GROUP BY bucket, version
       )
       GROUP BY bucket
     ) AS build ON build.bucket = ledger.hour
     WHERE NOT has(counts, accepted)
     ORDER BY ledger.hour`,
    { grace: policy.graceSeconds, quiet: policy.quietSeconds, patience: policy.patienceSeconds },
  );
}

/**
 * Those of the hours whose raw rows are all there. Rows follow their ledger, so the others would not become fresh
 * by a build: their rows are still on the way, or `tocsin verify` has something to say about them.
 */
export async function keepComplete(store: Store, hours: readonly StaleHour[]): Promise<StaleHour[]> {
  const counted = await store.rows<{ hour: string; messages: number }>(
    `SELECT toString(toStartOfHour(received_at)) AS hour, count() AS messages
     FROM alerts
     WHERE toStartOfHour(received_at) IN {hours:Array(DateTime('UTC'))}
     GROUP BY hour`,
    { hours: hours.map(({ hour }) => hour) },
  );
  const messages = new Map(counted.map((row) => [row.hour, row.messages]));
  return hours.filter(({ hour, accepted }) => messages.get(hour) === accepted);
}
