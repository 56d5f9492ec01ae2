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
  readonly inventory: Child;
  readonly builder: Child;
  /** What is shown above the table: name and address. */
  readonly addresses: () => readonly (readonly [string, string])[];
}

/** Gives, each time it is called, what stands in the store and what the services say at that moment. */
export function createFollower(options: FollowOptions): () => Promise<View> {
  const { store, processor, inventory, builder, addresses } = options;
  const begun = performance.now();
  const rates = new Rates(RATE_WINDOW_MS);
  return async () => {
    const [codes, figures] = await Promise.all([
      store.rows<CodeFigures>(ALERTS_BY_CODE, EVERYTHING),
      intakeFigures([processor, inventory]),
    ]);
    rates.add(codes, performance.now());
    const metrics = [processor, inventory, builder].flatMap((child) => {
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
      addresses: [...addresses(), ...metrics],
      upSeconds: (performance.now() - begun) / 1000,
    };
  };
}

/** Of both services that take a topic in, as far as they say. */
async function intakeFigures(services: readonly Child[]): Promise<Omit<Figures, 'codes'>> {
  const texts = await Promise.all(services.map((service) => metricsText(service.address())));
  const sum = (metric: string) =>
    texts.reduce(
      (all, text) => {
        const one = sumOf(metric, text);
        return one === null ? all : (all ?? 0) + one;
      },
      null as number | null,
    );
  const allAnswer = texts.every((text) => text !== '');
  return {
    lag: sum('tocsin_partition_lag_records'),
    rejected: sum('tocsin_rejects_total') ?? (allAnswer ? 0 : null),
    halted: sum('tocsin_partition_halted') ?? (allAnswer ? 0 : null),
  };
}

/** Empty where a service has not come up, or does not answer now. */
async function metricsText(address: string | null): Promise<string> {
  if (address === null) return '';
  try {
    const response = await fetch(`${address}/metrics`, { signal: AbortSignal.timeout(ANSWER_MS) });
    return await response.text();
  } catch {
    return '';
  }
}
