import type { Rejection } from '@tocsin/clickhouse';
import type { DeliveryEvent, Step } from '@tocsin/delivery';
import type { Metrics } from '@tocsin/metrics';
import type { Logger } from '@tocsin/runtime';

type Event = DeliveryEvent<Rejection>;
type Stepped = Extract<Event, { block: unknown }>;

export interface Observer {
  readonly observe: (event: Event) => void;
  /** Why partitions make no way for now, null when all do. */
  readonly trouble: () => string | null;
}

/** Tells logs and metrics what happened to blocks. A block counts once it is committed. */
export function observer(log: Logger, metrics: Metrics<'processor'>): Observer {
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
        time(metrics, event.kind, (now - (since.get(partition) ?? now)) / 1000);
        since.set(partition, now);
        if (event.kind === 'committed') count(metrics, event);
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
function stepOf(what: string): string {
  return /^\d/.test(what) ? 'slice' : what;
}

/** @param seconds since the block's step before */
function time(metrics: Metrics<'processor'>, step: Step, seconds: number): void {
  if (step === 'planned') metrics.commitSeconds.observe({ kind: 'plan' }, seconds);
  if (step === 'ledgered') metrics.insertSeconds.observe({ table: 'blocks' }, seconds);
  if (step === 'buried') metrics.insertSeconds.observe({ table: 'rejected' }, seconds);
  if (step === 'inserted') metrics.insertSeconds.observe({ table: 'alerts' }, seconds);
  if (step === 'committed') metrics.commitSeconds.observe({ kind: 'next' }, seconds);
}

function count(metrics: Metrics<'processor'>, { block, again }: Stepped): void {
  const { accepted, rejected, duplicates } = block.plan.tally;
  metrics.blocks.inc({ kind: again ? 'replay' : 'new' });
  metrics.messages.inc({ outcome: 'accepted' }, accepted);
  metrics.messages.inc({ outcome: 'rejected' }, rejected);
  metrics.messages.inc({ outcome: 'duplicate' }, duplicates);
  for (const [code, alerts] of block.volumes) metrics.alerts.inc({ code }, alerts);
  for (const { reason } of block.rejects) metrics.rejects.inc({ reason });
  metrics.insertedRows.inc({ table: 'alerts' }, accepted);
  metrics.insertedRows.inc({ table: 'blocks' }, block.hours.length);
  metrics.insertedRows.inc({ table: 'rejected' }, rejected);
  metrics.insertedBytes.inc(
    { table: 'alerts' },
    block.slices.reduce((sum, { body }) => sum + body.length, 0),
  );
}
