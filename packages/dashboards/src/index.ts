import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { capacity } from './capacity/index.ts';
import { operationsNow } from './operations-now/index.ts';
import { pipelineHealth } from './pipeline-health/index.ts';
import { rollouts } from './rollouts/index.ts';
import { volumes } from './volumes/index.ts';

/** Every dashboard by the name of its file. */
export const DASHBOARDS: Readonly<Record<string, Dashboard>> = {
  'operations-now': operationsNow,
  volumes,
  'firmware-rollouts': rollouts,
  capacity,
  'pipeline-health': pipelineHealth,
};
