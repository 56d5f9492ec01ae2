import type { Store } from '../client.ts';

/**
 * A version that is not committed by this age never will be: the commit itself refuses it. Sweeping what was left
 * behind waits for twice as long, so that it can't take the rows of a build that is about to be committed.
 */
export const VERSION_LIFETIME_SECONDS = 1800;

/** What a build committed: `version` holds `sourceRows` messages over its hours. */
export interface Build {
  version: string;
  sourceRows: number;
}

/**
 * Builds hours (`YYYY-MM-DD hh:mm:ss`, UTC) under a version of their own and commits them, whatever they came out
 * as: the views and the ledger judge whether they are fresh. After a failure the version stays invisible; build
 * again under a new one, never under the same, which might by then hold its rows twice.
 */
export async function buildHours(store: Store, hours: readonly string[]): Promise<Build> {
  // Version 7 carries the server's time, by which the version's age is judged.
  const [made] = await store.rows<{ version: string }>('SELECT generateUUIDv7() AS version');
  const version = made!.version;
  await store.command(
    `INSERT INTO rollup_hours (version, hour, alert_code, message_code, target, encoding, alerts, messages, devices)
     SELECT {version:UUID}, toStartOfHour(received_at) AS hour, alert_code, message_code, target, encoding,
       sum(alerts), count(), uniqState(device)
     FROM alerts
     WHERE toStartOfHour(received_at) IN {hours:Array(DateTime('UTC'))}
     GROUP BY hour, alert_code, message_code, target, encoding`,
    { version, hours },
  );
  await store.command(
    `INSERT INTO builds (target, bucket, version, revision, source_rows)
     SELECT 'rollup_hours', hour, version, 0, sum(messages)
     FROM rollup_hours
     WHERE version = {version:UUID} AND hour IN {hours:Array(DateTime('UTC'))}
       AND UUIDv7ToDateTime(version) > now() - {lifetime:UInt32}
     GROUP BY hour, version`,
    { version, hours, lifetime: VERSION_LIFETIME_SECONDS },
  );
  const [read] = await store.rows<{ sourceRows: number }>(
    `SELECT sum(source_rows) AS sourceRows FROM builds
     WHERE target = 'rollup_hours' AND version = {version:UUID} AND NOT superseded`,
    { version },
  );
  return { version, sourceRows: read!.sourceRows };
}
