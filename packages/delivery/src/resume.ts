import type { Plan } from './block.ts';
import { Halt } from './halt.ts';

/** Kafka's commit for a partition: a hint. `offset` null where there is none (expired, reset, never). */
export interface Committed {
  readonly offset: number | null;
  readonly plan: Plan | null;
}

/** What is on record about a partition when it is assigned. */
export interface Recorded {
  readonly committed: Committed;
  /** Ledgered blocks in order: all from the committed offset on, and at least the last one. */
  readonly ledger: readonly Plan[];
  /** The log's earliest offset, and the offset that the next record will get. */
  readonly log: { readonly earliest: number; readonly latest: number };
}

/** How to go on: blocks to do again with their own bounds, then new ones from `next`. */
export interface Resume {
  readonly redo: readonly Plan[];
  /** Ledgered blocks whose records Kafka no longer has: to be counted, not to be read again. */
  readonly recount: readonly Plan[];
  readonly next: number;
}

/**
 * Where to go on, from what is on record. The ledger is the position and the commit a hint.
 * @throws Halt where going on would lose or double records
 */
export function resume({ committed, ledger, log }: Recorded): Resume {
  const last = ledger.at(-1);
  const position = last ? last.last + 1 : Math.min(log.earliest, committed.offset ?? log.earliest);
  if (log.latest < position) {
    throw new Halt('topic-recreated', {
      logEnd: log.latest,
      ledgerEnd: position,
    });
  }
  const standing = standingPlan(committed.plan, ledger, position);
  if (log.earliest > position) {
    const missing = log.earliest - position;
    throw new Halt('records-gone', {
      from: position,
      earliest: log.earliest,
      missing,
    });
  }
  const unfinished = ledgeredBeyond(committed.offset, ledger, position);
  return {
    redo: [...unfinished.filter((plan) => plan.first >= log.earliest), ...(standing ? [standing] : [])],
    recount: unfinished.filter((plan) => plan.first < log.earliest),
    next: standing ? standing.last + 1 : position,
  };
}

/**
 * Blocks that may be unfinished. With no commit to go by, the last one: a block is ledgered only when the
 * one before it is stored. Reading it again also tells a topic that was made anew and has grown past the
 * ledger, because its checksum differs.
 */
function ledgeredBeyond(offset: number | null, ledger: readonly Plan[], position: number): readonly Plan[] {
  if (offset === null || offset > position) return ledger.slice(-1);
  return ledger.filter((plan) => plan.first >= offset);
}

/** The plan that stands in the commit and is not in the ledger yet. */
function standingPlan(plan: Plan | null, ledger: readonly Plan[], position: number): Plan | null {
  if (!plan || plan.first > position) return null;
  if (plan.first === position) return plan;
  const ledgered = ledger.find((block) => block.first === plan.first);
  if (!ledgered || ledgered.last !== plan.last || ledgered.checksum !== plan.checksum) {
    throw new Halt('plan-conflict', {
      planned: plan,
      ledgered: ledgered ?? null,
    });
  }
  return null;
}
