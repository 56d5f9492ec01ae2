import { createHash } from 'node:crypto';
import type { Store } from '../client.ts';

/** What an answer about a period was made of: what the ledgers had by then. Builds change no answer and are not in it. */
export interface PeriodVersion {
  /** The same for the same data. */
  readonly id: string;
  /** Of the period's hours: blocks, messages accepted, and how often rows were corrected. */
  readonly blocks: number;
  readonly messages: number;
  readonly corrections: number;
  /** Of each partition the last offset that a block of the period has. */
  readonly positions: readonly {
    readonly stream: string;
    readonly partition: number;
    readonly last: number;
  }[];
  /** Messages of the inventory, of whenever. */
  readonly inventory: number;
  /** Of the registries, the newest; empty where there is none. */
  readonly registry: string;
}

/**
 * What an answer about a period would be made of now.
 * @param period `YYYY-MM-DD hh:mm:ss` in UTC, `to` not included
 */
export async function readPeriodVersion(
  store: Store,
  period: { readonly from: string; readonly to: string },
): Promise<PeriodVersion> {
  const [row] = await store.rows<
    Omit<PeriodVersion, 'id' | 'positions'> & { ends: [string, number, number][] }
  >(
    `WITH (SELECT groupArray((stream, partition, last)) FROM (
         SELECT stream, partition, max(last_offset) AS last
         FROM blocks WHERE hour >= {from:DateTime('UTC')} AND hour < {to:DateTime('UTC')}
         GROUP BY stream, partition ORDER BY stream, partition
       )) AS ends
     SELECT ends, uniqExact(stream, partition, first_offset) AS blocks, sum(hour_accepted) AS messages,
       (SELECT count() FROM revisions WHERE hour >= {from:DateTime('UTC')} AND hour < {to:DateTime('UTC')}) AS corrections,
       (SELECT sum(hour_accepted) FROM inventory_blocks) AS inventory,
       (SELECT argMax(version, at) FROM registry_versions) AS registry
     FROM blocks
     WHERE hour >= {from:DateTime('UTC')} AND hour < {to:DateTime('UTC')}`,
    period,
  );
  const { ends, ...counts } = row!;
  const positions = ends.map(([stream, partition, last]) => ({ stream, partition, last }));
  const version = { ...counts, positions };
  const id = createHash('sha256').update(JSON.stringify(version)).digest('hex').slice(0, 16);
  return { id, ...version };
}
