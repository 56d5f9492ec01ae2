import type { RejectReason } from '@tocsin/domain';

/** Messages, and the alerts that they stand for. */
export interface Volume {
  alerts: number;
  messages: number;
}

/** What was drawn, counted before anything is encoded: volumes by day and by meaning (its index). */
export interface Tally {
  /** All messages that went out, of every sort. */
  produced: number;
  duplicates: number;
  /** What a region's feed lost in a gap: never sent, and in no other count. */
  readonly lost: Volume;
  readonly accepted: Volume;
  late: number;
  held: number;
  clockSuspect: number;
  readonly rejected: Partial<Record<RejectReason, number>>;
  readonly days: number;
  add(day: number, meaning: number, alerts: number): void;
  of(day: number, meaning: number): Volume;
}

export function createTally(days: number): Tally {
  let room = 256;
  const counts = Array.from({ length: days }, () => new Float64Array(room * 2));
  const accepted = { alerts: 0, messages: 0 };
  return {
    produced: 0,
    duplicates: 0,
    lost: { alerts: 0, messages: 0 },
    accepted,
    late: 0,
    held: 0,
    clockSuspect: 0,
    rejected: {},
    days,
    add(day, meaning, alerts) {
      accepted.alerts += alerts;
      accepted.messages += 1;
      if (day >= days) return;
      while (meaning >= room) {
        room *= 2;
        for (let i = 0; i < days; i++) {
          const wider = new Float64Array(room * 2);
          wider.set(counts[i]!);
          counts[i] = wider;
        }
      }
      const cells = counts[day]!;
      cells[meaning * 2]! += alerts;
      cells[meaning * 2 + 1]! += 1;
    },
    of(day, meaning) {
      const cells = counts[day]!;
      return { alerts: cells[meaning * 2] ?? 0, messages: cells[meaning * 2 + 1] ?? 0 };
    },
  };
}
