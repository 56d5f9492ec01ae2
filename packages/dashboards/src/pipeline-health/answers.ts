import { DECLARATIONS } from '@tocsin/metrics';
import { AS_LINES, chart, newest, stacked, thresholds } from '../panels.ts';
import { of, over, PROMETHEUS, quantile, rate } from '../prometheus/query.ts';

const { builder, exporter } = DECLARATIONS;
const NO_BUILDER = 'No builder is scraped';
const NO_EXPORTER = 'No exporter is scraped, or it has not told yet';

const STALE = chart({
  from: PROMETHEUS,
  title: 'Stale buckets',
  description:
    'Closed hours and days without a fresh build, by derived table. Answers read them from raw rows: exact all the same, but slower.',
  unit: 'short',
  none: NO_BUILDER,
  queries: [over(`max by (target) (${of(builder.staleBuckets.name)})`, '{{target}}')],
});

const STALE_SECONDS = chart({
  from: PROMETHEUS,
  title: 'Longest stale',
  description:
    'How long a closed bucket has been without a fresh build at most, by derived table; 0 where none is. From an hour on (red line) builders do not keep up.',
  unit: 's',
  none: NO_BUILDER,
  queries: [over(`max by (target) (${of(builder.staleSeconds.name)})`, '{{target}}')],
})
  .thresholds(thresholds('transparent', [3600, 'red']))
  .thresholdsStyle(AS_LINES);

const BUILD_AGE = chart({
  from: PROMETHEUS,
  title: 'Age of the newest build',
  description:
    'Since any builder last committed a build, by derived table. Hours close every hour, days every day.',
  unit: 's',
  none: 'No builder has committed a build yet',
  queries: [over(`time() - max by (target) (${of(builder.lastBuild.name)})`, '{{target}}')],
});

const BUILDS = stacked({
  from: PROMETHEUS,
  title: 'Builds',
  description: 'Builds a second, by derived table and outcome. Those that failed are tried again.',
  unit: 'cps',
  none: 'Nothing was built',
  queries: [over(`sum by (target, outcome) (${rate(builder.builds.name)})`, '{{target}} {{outcome}}')],
});

const BUILD_SECONDS = chart({
  from: PROMETHEUS,
  title: 'Time of a build',
  description: 'What 95% of builds stay below, by derived table.',
  unit: 's',
  none: 'Nothing was built',
  queries: [over(quantile(0.95, builder.buildSeconds.name, 'target'), '{{target}}')],
});

const DIFFERENCES = newest({
  from: PROMETHEUS,
  title: 'Differences in the proof',
  description:
    'What the last proof of the store found: records in Kafka, ledger, rows and builds that do not agree. Any (red) is to be looked into with `tocsin verify`, which names them.',
  unit: 'none',
  none: NO_EXPORTER,
  queries: [over(`max(${of(exporter.differences.name)})`, 'differences')],
}).thresholds(thresholds('green', [1, 'red']));

const PROOF_AGE = newest({
  from: PROMETHEUS,
  title: 'Age of the proof, and of the network gauges',
  description:
    'Since the store was last proved, and since the gauges of the network were last read whole, by part.',
  unit: 's',
  none: NO_EXPORTER,
  queries: [
    over(`time() - max(${of(exporter.verified.name)})`, 'proof', 'A'),
    over(`time() - max by (part) (${of(exporter.read.name)})`, '{{part}}', 'B'),
  ],
}).thresholds(thresholds('blue'));

export const BUILD_PANELS = [STALE.span(8), STALE_SECONDS.span(8), BUILD_AGE.span(8), BUILDS, BUILD_SECONDS];
export const PROOF_PANELS = [DIFFERENCES.span(8), PROOF_AGE.span(16)];
