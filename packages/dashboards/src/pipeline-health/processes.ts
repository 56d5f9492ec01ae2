import { AS_LINES, chart, thresholds } from '../panels.ts';
import { of, over, PROMETHEUS, rate } from '../prometheus/query.ts';

/** What prom-client tells of every process by itself. */
const EVENT_LOOP = 'nodejs_eventloop_lag_p99_seconds';
const MEMORY = 'process_resident_memory_bytes';
const CPU = 'process_cpu_seconds_total';

const NOTHING = 'No service is scraped';

const LOOP_LAG = chart({
  from: PROMETHEUS,
  title: 'Delay of the event loop',
  description:
    'How late 99% of timers fire at most. From half a second on (red line) heartbeats to Kafka are at risk, and with them the partitions.',
  unit: 's',
  none: NOTHING,
  queries: [over(`max by (job, instance) (${of(EVENT_LOOP)})`, '{{job}} {{instance}}')],
})
  .thresholds(thresholds('transparent', [0.5, 'red']))
  .thresholdsStyle(AS_LINES);

const RESIDENT = chart({
  from: PROMETHEUS,
  title: 'Memory',
  description:
    'What each process holds in memory. It is flat over any number of messages; a slope is a leak.',
  unit: 'bytes',
  none: NOTHING,
  queries: [over(`max by (job, instance) (${of(MEMORY)})`, '{{job}} {{instance}}')],
});

const CORES = chart({
  from: PROMETHEUS,
  title: 'Cores in use',
  description: 'Seconds of a core that each process takes a second. A processor thinks on one core.',
  unit: 'none',
  none: NOTHING,
  queries: [over(`sum by (job, instance) (${rate(CPU)})`, '{{job}} {{instance}}')],
});

export const PROCESS_PANELS = [LOOP_LAG.span(8), RESIDENT.span(8), CORES.span(8)];
