import type { Store } from '@tocsin/clickhouse';
import { CATALOGUE } from '@tocsin/domain';
import type { Child } from './children.ts';
import { type CodeFigures, type Figures, Rates, sumOf } from './figures.ts';
import type { View } from './table.ts';

const EVERYTHING = { from: '1970-01-01 00:00:00', to: '2106-01-01 00:00:00' };
const RATE_WINDOW_MS = 5000;
const ANSWER_MS = 2000;

// The one truth for every question about what can be stopped: exact at every moment, whatever has been built.
const ALERTS_BY_CODE = `
  SELECT alert_code AS code, toUInt64(sum(v.alerts)) AS alerts, toUInt64(sum(v.messages)) AS messages,
    toUInt64(sumIf(v.alerts, suppression = 'suppressible')) AS suppressible,
    toUInt64(sumIf(v.alerts, suppression = 'unstoppable')) AS unstoppable,
    toUInt64(sumIf(v.alerts, suppression = 'always-on')) AS alwaysOn,
    toUInt64(sumIf(v.alerts, suppression = 'protected')) AS protected,
    toUInt64(sumIf(v.alerts, suppression = 'unknown')) AS unknown,
    toUInt64(sumIf(v.alerts, stoppable_now)) AS stoppableNow
  FROM alert_stoppability(from = {from:DateTime('UTC')}, to = {to:DateTime('UTC')}) AS v
  GROUP BY alert_code
  ORDER BY alerts DESC, code`;

export interface FollowOptions {
  readonly store: Store;
  readonly processor: Child;
  readonly builder: Child;
  /** What is shown above the table: name and address. */
  readonly addresses: readonly (readonly [string, string])[];
}

/** Gives, each time it is called, what stands in the store and what the processor says at that moment. */
export function createFollower({ store, processor, builder, addresses }: FollowOptions): () => Promise<View> {
  const begun = performance.now();
  const rates = new Rates(RATE_WINDOW_MS);
  return async () => {
    const [codes, figures] = await Promise.all([
      store.rows<CodeFigures>(ALERTS_BY_CODE, EVERYTHING),
      processorFigures(processor.address()),
    ]);
    rates.add(codes, performance.now());
    const metrics = [processor, builder].flatMap((child) => {
      const address = child.address();
      return address === null ? [] : [[`${child.name} metrics`, `${address}/metrics`] as const];
    });
    return {
      rows: codes.map((row) => ({
        ...row,
        name: CATALOGUE.get(row.code)?.name ?? 'not in the catalogue',
        rate: rates.of(row.code),
      })),
      figures,
      addresses: [...addresses, ...metrics],
      upSeconds: (performance.now() - begun) / 1000,
    };
  };
}

async function processorFigures(address: string | null): Promise<Omit<Figures, 'codes'>> {
  const text = address === null ? '' : await metricsText(address);
  return {
    lag: sumOf('tocsin_partition_lag_records', text),
    rejected: text === '' ? null : (sumOf('tocsin_rejects_total', text) ?? 0),
    halted: sumOf('tocsin_partition_halted', text),
  };
}

/** Empty where the processor has not come up, or does not answer now. */
async function metricsText(address: string): Promise<string> {
  try {
    const response = await fetch(`${address}/metrics`, { signal: AbortSignal.timeout(ANSWER_MS) });
    return await response.text();
  } catch {
    return '';
  }
}
