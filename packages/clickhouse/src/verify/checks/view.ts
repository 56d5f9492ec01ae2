import type { Store } from '../../client.ts';
import { addFinding, type Findings, noFindings } from '../findings.ts';

const EVER = "from = toDateTime(0, 'UTC'), to = toDateTime(4294967295, 'UTC')";

/** Messages by hour (`YYYY-MM-DD hh:mm:ss`). */
type ByHour = Map<string, number>;

export interface ViewTotal {
  messages: number;
  hours: number;
  findings: Findings;
}

async function readByHour(store: Store, from: string): Promise<ByHour> {
  const rows = await store.rows<{ hour: string; n: number }>(`SELECT toString(hour) AS hour, ${from}`);
  return new Map(rows.map(({ hour, n }) => [hour, n]));
}

/** Accepted messages by hour. */
export function readLedgerHours(store: Store): Promise<ByHour> {
  return readByHour(store, 'sum(hour_accepted) AS n FROM blocks GROUP BY hour HAVING n > 0');
}

/**
 * What a reader sees, hour by hour: at least what the ledger had before (once what was on its way is in), and at
 * most what it has after. `before` is taken by `readLedgerHours` when the proof begins.
 */
export async function checkView(store: Store, before: ByHour): Promise<ViewTotal> {
  const view = await readByHour(
    store,
    `sum(messages) AS n FROM ${store.database}.alert_volume(${EVER}) GROUP BY hour`,
  );
  const after = await readLedgerHours(store);
  const findings = noFindings();
  for (const hour of new Set([...before.keys(), ...view.keys()])) {
    const found = view.get(hour) ?? 0;
    const least = before.get(hour) ?? 0;
    const most = after.get(hour) ?? 0;
    const expected = found < least ? least : most;
    if (found >= least && found <= most) continue;
    const detail = `the view has ${found} messages of ${hour}, the ledger ${expected}`;
    addFinding(findings, { check: 'view-total', detail, hour, expected, found }, found < least);
  }
  const messages = [...view.values()].reduce((sum, n) => sum + n, 0);
  return { messages, hours: view.size, findings };
}
