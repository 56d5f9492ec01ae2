import type { Rejection } from '@tocsin/clickhouse';
import type { Block, DeliveryEvent, Step } from '@tocsin/delivery';
import type { IntakeMetrics } from '@tocsin/metrics';
import type { Logger } from '@tocsin/runtime';

type Event = DeliveryEvent<Rejection>;
type Stepped = Extract<Event, { block: unknown }>;

/** Names for the metrics' labels. */
export interface Tables {
  readonly ledger: string;
  /** One row per accepted message. */
  readonly messages: string;
}

export interface Observer {
  readonly observe: (event: Event) => void;
  /** Why partitions make no way for now, null when all do. */
  readonly trouble: () => string | null;
}

/**
 * Tells logs and metrics what happened to blocks. A block counts once it is committed.
 * @param delivered told of each block then
 */
export function observer(
  log: Logger,
  metrics: IntakeMetrics,
  tables: Tables,
  delivered: (block: Block<Rejection>) => void,
): Observer {
  // There from the beginning, so that the first of each is seen as a rise.
  for (const outcome of ['accepted', 'rejected', 'duplicate']) metrics.messages.inc({ outcome }, 0);
  /** When a partition's block reached its last step, ms. */
  const since = new Map<number, number>();
  /** What partitions are trying again. */
  const retrying = new Map<number, string>();

  const observe = (event: Event) => {
    const { partition } = event.place;
    if (event.kind === 'retrying') retrying.set(partition, `${event.what}: ${String(event.error)}`);
    else retrying.delete(partition);
    switch (event.kind) {
      case 'halted':
        metrics.halted.set({ partition }, 1);
        log.error({ partition, reason: event.reason, detail: event.detail }, 'halted');
        break;
      case 'retrying':
        metrics.retries.inc({ step: stepOf(event.what) });
        log.warn({ partition, what: event.what, tries: event.tries, err: event.error }, 'retrying');
        break;
      case 'resumed':
        metrics.halted.set({ partition }, 0);
        log.info({ partition, next: event.next, redo: event.redo }, 'resumed');
        break;
      default: {
        const { first, last, tally } = event.block.plan;
        log.debug({ partition, first, last, ...tally, again: event.again }, event.kind);
        const now = performance.now();
        time(metrics, tables, event.kind, (now - (since.get(partition) ?? now)) / 1000);
        since.set(partition, now);
        if (event.kind === 'committed') {
          count(metrics, tables, event);
          delivered(event.block);
        }
      }
    }
  };

  const trouble = () => {
    const [first] = retrying;
    return first ? `partition ${first[0]} tries again, ${first[1]}` : null;
  };
  return { observe, trouble };
}

/** A label with few values: days are many. */
const stepOf = (what: string): string => (isDay(what) ? 'slice' : what);

const isDay = (part: string): boolean => /^\d/.test(part);

/** @param seconds since the block's step before */
function time(metrics: IntakeMetrics, { ledger, messages }: Tables, step: Step, seconds: number): void {
  if (step === 'planned') metrics.commitSeconds.observe({ kind: 'plan' }, seconds);
  if (step === 'ledgered') metrics.insertSeconds.observe({ table: ledger }, seconds);
  if (step === 'buried') metrics.insertSeconds.observe({ table: 'rejected' }, seconds);
  if (step === 'inserted') metrics.insertSeconds.observe({ table: messages }, seconds);
  if (step === 'committed') metrics.commitSeconds.observe({ kind: 'next' }, seconds);
}

function count(metrics: IntakeMetrics, { ledger, messages }: Tables, { block, again }: Stepped): void {
  const { accepted, rejected, duplicates } = block.plan.tally;
  metrics.blocks.inc({ kind: again ? 'replay' : 'new' });
  metrics.messages.inc({ outcome: 'accepted' }, accepted);
  metrics.messages.inc({ outcome: 'rejected' }, rejected);
  metrics.messages.inc({ outcome: 'duplicate' }, duplicates);
  for (const { reason } of block.rejects) metrics.rejects.inc({ reason });
  metrics.insertedRows.inc({ table: ledger }, block.hours.length);
  metrics.insertedRows.inc({ table: 'rejected' }, rejected);
  for (const { part, rows, body } of block.slices) {
    const table = isDay(part) ? messages : part;
    metrics.insertedRows.inc({ table }, rows);
    metrics.insertedBytes.inc({ table }, body.length);
  }
}
