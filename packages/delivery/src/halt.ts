/**
 * Why a partition stands still until a person has looked. Going on would lose or double alerts,
 * so each of these is a stop, never a warning.
 */
const HALT_REASONS = {
  'topic-recreated': 'the log ends before the ledger does: the topic was deleted and made anew',
  'cluster-changed': 'this topic and epoch belong to another Kafka cluster id than the one that answers',
  'epoch-behind': 'the ledger holds a higher epoch of this topic than the one configured',
  'records-gone': 'Kafka has deleted records that were never counted',
  'plan-conflict': 'the plan in the commit overlaps the ledger with other bounds or another checksum',
  'rows-beyond-ledger': 'the store holds rows that no ledgered block accounts for',
  'replay-differs': 'a block read again does not give what was planned',
  'rule-version': 'the block was planned under other rules: finish it with that version',
  'rows-in-excess': 'the store holds more rows of a slice than the slice has',
  'slice-in-part': 'the store holds a part of a slice, although a slice is one part',
  'store-refused': 'the store refuses the rows, and would again',
  'too-many-rejects': 'the share of rejected records is above the limit',
} as const;

/** By which a `Halt` says why; the log has it too. */
export type HaltReason = keyof typeof HALT_REASONS;

/** Thrown to halt one partition. `detail` names the offsets and counts that a person needs. */
export class Halt extends Error {
  readonly reason: HaltReason;
  readonly detail: Record<string, unknown>;

  constructor(reason: HaltReason, detail: Record<string, unknown> = {}) {
    super(`${reason}: ${HALT_REASONS[reason]} ${JSON.stringify(detail)}`);
    this.name = 'Halt';
    this.reason = reason;
    this.detail = detail;
  }
}
