import { TARGETS } from '../builder/targets.ts';
import type { Store } from '../client.ts';
import { ALERTS, INVENTORY } from './books.ts';
import { checkBuildContent, checkBuildSources, readFreshBuckets } from './checks/builds.ts';
import {
  checkCorrections,
  checkRevisions,
  checkWatermarks,
  countCorrections,
  readCorrectedDays,
} from './checks/corrections.ts';
import { checkSealedAgree, checkSealedWhole, readSealedDays } from './checks/sealed.ts';
import { checkTold } from './checks/told.ts';
import { checkView, readLedgerHours } from './checks/view.ts';
import { type Findings, mergeFindings, settled } from './findings.ts';
import type { StoreReport } from './report.ts';
import { together } from './spans.ts';
import { verifyBooks } from './verify-books.ts';

/** How patient a proof is with work that is under way. */
export interface VerifyOptions {
  /** How long work that was under way when the proof began may take to arrive; default 15,000 ms. */
  settleMs?: number;
  /** Told how many parts of the proof are done, of how many. */
  reached?: (done: number, of: number) => void;
}

/** Both books, corrections, each target of builds, sealed days, the view. */
const PARTS = 5 + TARGETS.length;

/**
 * Proves, or refutes, that ledgers, rows, dead letters, builds and views say the same. Right on a live system: it
 * is about the ledger as it stood at the beginning, and rows that follow their ledger are waited for.
 */
export async function verifyStore(store: Store, options: VerifyOptions = {}): Promise<StoreReport> {
  // One deadline for all: what was under way when the proof began is over by then, whichever check comes to it.
  const deadline = performance.now() + (options.settleMs ?? 15_000);
  const settle = (check: () => Promise<Findings>) => settled(check, deadline);
  const findings: Findings[] = [];
  let parts = 0;
  const reached = () => options.reached?.(++parts, PARTS);

  const ledgerHours = await readLedgerHours(store);
  const alerts = await verifyBooks(store, ALERTS, settle);
  reached();
  const inventory = await verifyBooks(store, INVENTORY, settle);
  findings.push(alerts.findings, inventory.findings, await settle(() => checkTold(store, alerts.ends)));
  reached();

  findings.push(await checkWatermarks(store));
  for (const span of await readCorrectedDays(store))
    findings.push(await checkRevisions(store, span), await checkCorrections(store, span));
  reached();

  const fresh: Record<string, number> = {};
  for (const target of TARGETS) {
    const buckets = await readFreshBuckets(store, target);
    fresh[target.table] = buckets.length;
    findings.push(await checkBuildSources(store, target));
    const open = new Set(buckets.filter(({ sealed }) => !sealed).map(({ bucket }) => bucket.slice(0, 10)));
    for (const span of together(daysOf(ledgerHours).filter(({ span }) => open.has(span))))
      findings.push(await settle(() => checkBuildContent(store, target, span)));
    reached();
  }

  for (const span of await readSealedDays(store)) {
    for (const target of TARGETS) findings.push(await checkSealedWhole(store, target, span));
    findings.push(await checkSealedAgree(store, span));
  }
  reached();

  let view = { messages: 0, hours: 0 };
  const viewFindings = await settle(async () => {
    const { findings, ...total } = await checkView(store, ledgerHours);
    view = total;
    return findings;
  });
  findings.push(viewFindings);
  reached();

  const { violations, differences } = mergeFindings(findings);
  return {
    ok: Object.keys(violations).length === 0,
    counts: {
      ...alerts.counts,
      hours: view.hours,
      fresh,
      corrections: await countCorrections(store),
      viewMessages: view.messages,
    },
    partitions: alerts.partitions,
    inventory: { counts: inventory.counts, partitions: inventory.partitions },
    violations,
    differences,
  };
}

/** Messages by day, in order, of those by hour (`YYYY-MM-DD hh:mm:ss`). */
function daysOf(hours: ReadonlyMap<string, number>): { span: string; messages: number }[] {
  const days = new Map<string, number>();
  for (const [hour, n] of hours) days.set(hour.slice(0, 10), (days.get(hour.slice(0, 10)) ?? 0) + n);
  return [...days].sort(([a], [b]) => (a < b ? -1 : 1)).map(([span, messages]) => ({ span, messages }));
}
