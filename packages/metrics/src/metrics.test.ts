import { describe, expect, it } from 'vitest';
import { createMetrics } from './create-metrics.ts';
import { DECLARATIONS, type Declaration, type ServiceName } from './declarations.ts';

const services = Object.keys(DECLARATIONS) as ServiceName[];
const all = services.flatMap((service) => Object.values<Declaration>(DECLARATIONS[service]));
const BASE_UNITS = ['seconds', 'bytes'];

describe.each(all)('$name', ({ name, type, labels, unit, meaning, buckets }) => {
  it('is named as Prometheus wants it', () => {
    expect(name).toMatch(/^tocsin(_[a-z]+)+$/);
    expect(name.endsWith('_total')).toBe(type === 'counter');
    expect(name).not.toMatch(
      /_(milli|micro|nano|kilo|mega)?(ms|millis|minutes|hours|kb|mb|percent|count|sum|bucket)(_|$)/,
    );
  });

  it('ends with its unit where that is a base unit', () => {
    const stem = name.replace(/_total$/, '');
    if (BASE_UNITS.includes(unit)) expect(stem).toMatch(new RegExp(`_${unit}$`));
    else for (const other of BASE_UNITS) expect(stem).not.toMatch(new RegExp(`_${other}$`));
  });

  it('has labels that are not reserved and that its name does not repeat', () => {
    expect(new Set(labels).size).toBe(labels.length);
    for (const label of labels) {
      expect(label).toMatch(/^[a-z]+(_[a-z]+)*$/);
      expect(['le', 'quantile', 'job', 'instance']).not.toContain(label);
    }
  });

  it('says what it means, and has ascending bounds if it is a histogram', () => {
    expect(meaning).toMatch(/^[A-Z0-9].{15,}\.$/);
    expect(buckets !== undefined).toBe(type === 'histogram');
    expect([...(buckets ?? [])].sort((a, b) => a - b)).toEqual(buckets ?? []);
  });
});

describe('createMetrics', () => {
  it('declares each name once', () => {
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
  });

  it.each(services)('exposes exactly what is declared for the %s, and the process', async (service) => {
    const { registry } = createMetrics(service);
    const exposed = registry.getMetricsAsArray().map((metric) => metric.name);
    const declared = Object.values<Declaration>(DECLARATIONS[service]).map(({ name }) => name);
    expect(exposed.filter((name) => name.startsWith('tocsin_')).sort()).toEqual(declared.sort());
    expect(exposed).toEqual(
      expect.arrayContaining(['nodejs_eventloop_lag_p99_seconds', 'process_resident_memory_bytes']),
    );
  });

  it('counts under typed labels', async () => {
    const metrics = createMetrics('processor');
    metrics.messages.inc({ outcome: 'accepted' }, 3);
    metrics.insertSeconds.observe({ table: 'alerts' }, 0.02);
    const text = await metrics.registry.metrics();
    expect(text).toContain('tocsin_messages_total{outcome="accepted"} 3');
    expect(text).toContain('tocsin_insert_duration_seconds_count{table="alerts"} 1');
  });
});
