import { setTimeout as pause } from 'node:timers/promises';
import type { CheckName, Difference } from './report.ts';

/** The most examples that one check gives. */
export const EXAMPLES = 20;

/** What one run of a check found. `passing`: how many of them may be work that is still under way. */
export interface Findings {
  violations: Partial<Record<CheckName, number>>;
  differences: Difference[];
  passing: number;
}

export function noFindings(): Findings {
  return { violations: {}, differences: [], passing: 0 };
}

export function addFinding(findings: Findings, difference: Difference, mayPass = false): void {
  const { check } = difference;
  const seen = (findings.violations[check] ?? 0) + 1;
  findings.violations[check] = seen;
  if (seen <= EXAMPLES) findings.differences.push(difference);
  if (mayPass) findings.passing += 1;
}

export function mergeFindings(all: readonly Findings[]): Findings {
  const merged = noFindings();
  for (const { violations, differences } of all) {
    const before = { ...merged.violations };
    for (const [check, n] of Object.entries(violations) as [CheckName, number][])
      merged.violations[check] = (before[check] ?? 0) + n;
    for (const difference of differences) {
      const room = EXAMPLES - merged.differences.filter(({ check }) => check === difference.check).length;
      if (room > 0) merged.differences.push(difference);
    }
  }
  return merged;
}

const LOOK_AGAIN_MS = 250;

/**
 * Runs a check until nothing that it finds may pass, or until the deadline (of `performance.now()`): on a live system
 * rows follow their ledger, and what is on its way is not a contradiction.
 */
export async function settled(check: () => Promise<Findings>, deadline: number): Promise<Findings> {
  for (;;) {
    const findings = await check();
    if (findings.passing === 0 || performance.now() >= deadline) return findings;
    await pause(LOOK_AGAIN_MS);
  }
}
