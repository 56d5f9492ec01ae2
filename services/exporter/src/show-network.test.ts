import { createMetrics } from '@tocsin/metrics';
import { beforeEach, expect, test } from 'vitest';
import { showFeed } from './feed.ts';
import type { Network } from './network.ts';
import { showNetwork } from './show-network.ts';

let metrics: ReturnType<typeof createMetrics<'exporter'>>;
beforeEach(() => {
  metrics = createMetrics('exporter');
});

/** What a scrape has of our own gauges, without NaN. */
async function scraped(): Promise<Record<string, number>> {
  const lines = (await metrics.registry.metrics()).split('\n').filter((line) => /^tocsin_/.test(line));
  return Object.fromEntries(
    lines.map((line) => line.split(' ')).map(([name, value]) => [name, Number(value)]),
  );
}

const EMPTY: Network = {
  regions: [],
  codes: [],
  peaks: [],
  gate: null,
  hour: new Map(),
  day: new Map(),
  week: new Map(),
};

test('an hour is shown by region, code, suppression and component', async () => {
  showNetwork(metrics, {
    regions: [
      { region: 'North', received: 90, expected: 100 },
      { region: 'South', received: 90, expected: null },
    ],
    codes: [
      { code: '8F3E', alerts: 7200, usual: 3600, score: 12.5 },
      { code: '8F12', alerts: 36, usual: null, score: null },
      { code: 'ABCD', alerts: 1800, usual: 1, score: 99 },
      { code: 'ABCE', alerts: 1800, usual: 1, score: 99 },
    ],
    peaks: [{ component: 'dsp', load: 1500, capacity: 2000 }],
    gate: { state: 'caution', reason: '' },
    hour: new Map([['suppressible', 3600]]),
    day: new Map([
      ['suppressible', 60],
      ['unstoppable', 30],
      ['unknown', 10],
    ]),
    week: new Map([['unstoppable', 50]]),
  });
  expect(await scraped()).toMatchObject({
    'tocsin_network_feed_completeness_ratio{region="North"}': 0.9,
    'tocsin_network_alerts_per_second{suppression="suppressible"}': 1,
    tocsin_network_suppressible_ratio: 0.6,
    tocsin_network_unstoppable_ratio: 0.3,
    tocsin_network_unstoppable_usual_ratio: 1,
    'tocsin_network_code_alerts_per_second{code="8F3E"}': 2,
    'tocsin_network_code_usual_alerts_per_second{code="8F3E"}': 1,
    'tocsin_network_code_spike_score{code="8F3E"}': 12.5,
    'tocsin_network_code_alerts_per_second{code="8F12"}': 0.01,
    'tocsin_network_code_alerts_per_second{code="unknown"}': 1,
    'tocsin_network_headroom_ratio{component="dsp"}': 0.25,
    'tocsin_network_migration_gate_state{state="go"}': 0,
    'tocsin_network_migration_gate_state{state="caution"}': 1,
  });
  expect(
    Object.keys(await scraped()).filter((name) => /ABC|score.*8F12|completeness.*South/.test(name)),
  ).toEqual([]);
});

test('what is not known of the next hour is not there, rather than as it was', async () => {
  const codes = [{ code: '8F3E', alerts: 7200, usual: 3600, score: 12.5 }];
  showNetwork(metrics, { ...EMPTY, codes, gate: { state: 'stop', reason: '' } });
  showNetwork(metrics, EMPTY);
  const now = await scraped();
  expect(now['tocsin_network_code_spike_score{code="8F3E"}']).toBeUndefined();
  expect(now['tocsin_network_migration_gate_state{state="stop"}']).toBe(0);
  expect(now.tocsin_network_unstoppable_ratio).toBeNaN();
});

test('a region that is expected and not heard of is silent, one that nobody expects yet is shown as it comes', async () => {
  showFeed(
    metrics,
    [
      { region: 'North', received: 7, silence: 1.5 },
      { region: 'Central', received: 3, silence: 20 },
    ],
    [
      { region: 'North', received: 0, expected: 120 },
      { region: 'Central', received: 0, expected: null },
      { region: 'South', received: 0, expected: 60 },
    ],
    new Set(['North', 'East']),
  );
  expect(await scraped()).toMatchObject({
    'tocsin_network_feed_received_messages{region="North"}': 7,
    'tocsin_network_feed_silence_seconds{region="East"}': 7200,
    'tocsin_network_feed_expected_messages{region="North"}': 10,
    'tocsin_network_feed_silence_seconds{region="North"}': 1.5,
    'tocsin_network_feed_received_messages{region="Central"}': 3,
    'tocsin_network_feed_received_messages{region="South"}': 0,
    'tocsin_network_feed_expected_messages{region="South"}': 5,
    'tocsin_network_feed_silence_seconds{region="South"}': 7200,
  });
  expect((await scraped())['tocsin_network_feed_expected_messages{region="Central"}']).toBeUndefined();
});
