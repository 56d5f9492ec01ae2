import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { DECLARATIONS, type Declaration, type ServiceName } from './declarations.ts';

type Metric<D extends Declaration> = D['type'] extends 'counter'
  ? Counter<D['labels'][number]>
  : D['type'] extends 'gauge'
    ? Gauge<D['labels'][number]>
    : Histogram<D['labels'][number]>;

/** One service's metrics by key, and the registry that renders them. */
export type Metrics<S extends ServiceName> = {
  readonly [K in keyof (typeof DECLARATIONS)[S]]: (typeof DECLARATIONS)[S][K] extends Declaration
    ? Metric<(typeof DECLARATIONS)[S][K]>
    : never;
} & { readonly registry: Registry };

/** What the services have in common that take a topic into the store. */
export type IntakeMetrics = Pick<
  Metrics<'processor'>,
  keyof Metrics<'processor'> & keyof Metrics<'inventory'>
>;

/** Registers what one service exposes, with the process's own metrics (event loop, memory, garbage collector). */
export function createMetrics<S extends ServiceName>(
  service: S,
  registry: Registry = new Registry(),
): Metrics<S> {
  collectDefaultMetrics({ register: registry });
  const entries = Object.entries<Declaration>(DECLARATIONS[service]).map(([key, declaration]) => [
    key,
    createMetric(declaration, registry),
  ]);
  return { ...Object.fromEntries(entries), registry } as Metrics<S>;
}

function createMetric({ name, type, labels, meaning, buckets }: Declaration, registry: Registry) {
  const options = { name, help: meaning, labelNames: [...labels], registers: [registry] };
  if (type === 'counter') return new Counter(options);
  if (type === 'gauge') return new Gauge(options);
  return new Histogram({ ...options, ...(buckets && { buckets: [...buckets] }) });
}
