import type { Plan } from './block.ts';

/** Kafka's `offset.metadata.max.bytes`, as it comes. */
const MAX_BYTES = 4096;

/** A plan as the metadata string of a Kafka offset commit. */
export function encodePlan(plan: Plan): string {
  const { records, accepted, rejected, duplicates } = plan.tally;
  const text = JSON.stringify({
    v: 1,
    first: plan.first,
    last: plan.last,
    at: plan.plannedAt,
    rules: plan.rules,
    n: [records, accepted, rejected, duplicates],
    sum: plan.checksum,
  });
  if (Buffer.byteLength(text) >= MAX_BYTES) throw new Error(`plan of ${text.length} characters is too long`);
  return text;
}

/**
 * The plan in a commit's metadata, or null where there is none. A string that is not a plan counts as none:
 * nothing of a block is stored before its ledger rows, so the ledger alone suffices to go on from.
 */
export function decodePlan(metadata: string | null): Plan | null {
  if (!metadata) return null;
  let raw: unknown;
  try {
    raw = JSON.parse(metadata);
  } catch {
    return null;
  }
  if (typeof raw !== 'object' || raw === null) return null;
  const { v, first, last, at, rules, n, sum } = raw as Record<string, unknown>;
  const counts = Array.isArray(n) && n.length === 4 && n.every(isCount) ? (n as number[]) : null;
  if (v !== 1 || !isCount(first) || !isCount(last) || first > last || !isCount(at) || !counts) return null;
  if (typeof rules !== 'string' || typeof sum !== 'string') return null;
  const [records, accepted, rejected, duplicates] = counts as [number, number, number, number];
  return {
    first,
    last,
    plannedAt: at,
    rules,
    tally: { records, accepted, rejected, duplicates },
    checksum: sum,
  };
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
