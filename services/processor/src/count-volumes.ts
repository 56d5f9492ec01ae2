import type { Volume } from '@tocsin/delivery';
import type { Metrics } from '@tocsin/metrics';

/** Counts the alerts of a block that was committed. */
export function countVolumes(metrics: Metrics<'processor'>, volumes: readonly Volume[]): void {
  for (const { labels, sum } of volumes) {
    metrics.alerts.inc(labels, sum);
    // The device is what is left to be unknown.
    if (labels.suppression === 'unknown' && labels.code !== 'unknown') metrics.unknownDevices.inc(sum);
  }
}
