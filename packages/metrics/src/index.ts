export { createMetrics, type IntakeMetrics, type Metrics } from './create-metrics.ts';
export { DECLARATIONS, type Declaration, type ServiceName } from './declarations.ts';
