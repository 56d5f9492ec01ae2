import type { Encoding, RejectReason } from '@tocsin/domain';

/** Messages and the alerts that they stand for, the sum of their N. */
interface Volume {
  messages: number;
  alerts: number;
}

export interface Tally extends Volume {
  readonly byCode: Record<string, Volume>;
  readonly byEncoding: Record<Encoding, Volume>;
}

/** What a feed produced, counted as it was drawn, before anything was encoded. */
export interface Truth {
  readonly seed: number;
  /** ISO time of the first message. */
  readonly start: string;
  /** All messages: distinct, repeated and broken ones. */
  produced: number;
  readonly accepted: Tally;
  /** Messages that repeat one of `accepted` (their request id is the same); not counted there. */
  readonly duplicates: Tally;
  readonly rejected: {
    messages: number;
    readonly byReason: Partial<Record<RejectReason, number>>;
  };
}

export function createTruth(seed: number, startMs: number): Truth {
  return {
    seed,
    start: new Date(startMs).toISOString(),
    produced: 0,
    accepted: emptyTally(),
    duplicates: emptyTally(),
    rejected: { messages: 0, byReason: {} },
  };
}

export function addVolume(tally: Tally, code: string, encoding: Encoding, alerts: number): void {
  tally.byCode[code] ??= { messages: 0, alerts: 0 };
  for (const volume of [tally, tally.byCode[code], tally.byEncoding[encoding]]) {
    volume.messages += 1;
    volume.alerts += alerts;
  }
}

export function addRejected(truth: Truth, reason: RejectReason): void {
  truth.rejected.messages += 1;
  truth.rejected.byReason[reason] = (truth.rejected.byReason[reason] ?? 0) + 1;
}

function emptyTally(): Tally {
  const none = (): Volume => ({ messages: 0, alerts: 0 });
  return {
    ...none(),
    byCode: {},
    byEncoding: { json: none(), duis: none(), gbcs: none() },
  };
}
