import { CATALOGUE } from '@tocsin/domain';
import type { Metrics } from '@tocsin/metrics';
import type { Network } from './network.ts';

const HOUR_SECONDS = 3600;
const STATES = ['go', 'caution', 'stop'] as const;

/** Shows all of it anew: what is not known of this hour is not there, rather than as it was. */
export function showNetwork(metrics: Metrics<'exporter'>, network: Network): void {
  showRegions(metrics, network);
  showCodes(metrics, network);
  showLoad(metrics, network);
  metrics.alertRate.reset();
  for (const [suppression, alerts] of network.hour)
    metrics.alertRate.set({ suppression }, alerts / HOUR_SECONDS);
  metrics.suppressible.set(shareOf(network.day, 'suppressible'));
  metrics.unstoppable.set(shareOf(network.day, 'unstoppable'));
  metrics.usuallyUnstoppable.set(shareOf(network.week, 'unstoppable'));
}

function showRegions({ feedCompleteness }: Metrics<'exporter'>, { regions }: Network): void {
  feedCompleteness.reset();
  for (const { region, received, expected } of regions)
    if (expected) feedCompleteness.set({ region }, received / expected);
}

function showCodes({ codeRate, codeUsualRate, codeScore }: Metrics<'exporter'>, { codes }: Network): void {
  for (const gauge of [codeRate, codeUsualRate, codeScore]) gauge.reset();
  let unknown = 0;
  for (const { code, alerts, usual, score } of codes) {
    // What arrives under codes that nobody knows has no bound.
    if (!CATALOGUE.has(code)) {
      unknown += alerts;
      continue;
    }
    codeRate.set({ code }, alerts / HOUR_SECONDS);
    if (usual !== null) codeUsualRate.set({ code }, usual / HOUR_SECONDS);
    if (score !== null) codeScore.set({ code }, score);
  }
  codeRate.set({ code: 'unknown' }, unknown / HOUR_SECONDS);
}

function showLoad({ load, capacity, headroom, gate }: Metrics<'exporter'>, network: Network): void {
  for (const gauge of [load, capacity, headroom]) gauge.reset();
  for (const { component, ...peak } of network.peaks) {
    load.set({ component }, peak.load);
    capacity.set({ component }, peak.capacity);
    headroom.set({ component }, 1 - peak.load / peak.capacity);
  }
  for (const state of STATES) gate.set({ state }, network.gate?.state === state ? 1 : 0);
}

/** NaN, which Prometheus takes for "no value", where there was nothing. */
function shareOf(alerts: ReadonlyMap<string, number>, suppression: string): number {
  let all = 0;
  for (const n of alerts.values()) all += n;
  return all === 0 ? Number.NaN : (alerts.get(suppression) ?? 0) / all;
}
