import { DECLARATIONS } from '@tocsin/metrics';
import { AS_LINES, chart, newest, stacked, thresholds } from '../panels.ts';
import { of, over, PROMETHEUS, quantile, rate } from '../prometheus/query.ts';

const { processor, inventory } = DECLARATIONS;

/** The same question of alerts and of the inventory. */
const both = (ask: (of: typeof processor | typeof inventory) => string, legend: string) => [
  over(ask(processor), `alerts ${legend}`, 'A'),
  over(ask(inventory), `inventory ${legend}`, 'B'),
];

const NO_INTAKE = 'No processor and no inventory service is scraped';

const HALTED = newest({
  from: PROMETHEUS,
  title: 'Halted partitions',
  description:
    'Partitions that stand still because going on could lose or double messages. Any (red) waits for an operator: the log of its service says why.',
  unit: 'none',
  none: NO_INTAKE,
  queries: both(({ halted }) => `sum(${of(halted.name)})`, ''),
}).thresholds(thresholds('green', [1, 'red']));

const LAG = chart({
  from: PROMETHEUS,
  title: 'Records that wait',
  description: 'Records of each partition between the next offset to commit and the end of its log.',
  unit: 'short',
  none: NO_INTAKE,
  queries: both(({ lag }) => `max by (partition) (${of(lag.name)})`, '{{partition}}'),
});

const LAG_SECONDS = chart({
  from: PROMETHEUS,
  title: 'How long records wait',
  description:
    'How long the next record of each partition has waited; 0 where none waits. From five minutes on (red line) answers of now are not whole.',
  unit: 's',
  none: NO_INTAKE,
  queries: both(({ lagSeconds }) => `max by (partition) (${of(lagSeconds.name)})`, '{{partition}}'),
})
  .thresholds(thresholds('transparent', [300, 'red']))
  .thresholdsStyle(AS_LINES);

const MESSAGES = stacked({
  from: PROMETHEUS,
  title: 'Messages by outcome',
  description: 'Messages a second that were delivered: accepted, rejected, or a duplicate of one before.',
  unit: 'cps',
  none: NO_INTAKE,
  queries: both(({ messages }) => `sum by (outcome) (${rate(messages.name)})`, '{{outcome}}'),
});

const REJECTS = stacked({
  from: PROMETHEUS,
  title: 'Rejects by reason',
  description:
    'Messages a second that could not be taken, by reason. Their bytes are in the table `rejected`, from which they can be put back.',
  unit: 'cps',
  none: 'Nothing was rejected',
  queries: both(({ rejects }) => `sum by (reason) (${rate(rejects.name)})`, '{{reason}}'),
});

const INSERT = chart({
  from: PROMETHEUS,
  title: 'Time of an insert',
  description: 'What 99% of inserts into ClickHouse stay below, from sending to acknowledgement, by table.',
  unit: 's',
  none: 'Nothing was inserted',
  queries: both(({ insertSeconds }) => quantile(0.99, insertSeconds.name, 'table'), '{{table}}'),
});

const COMMIT = chart({
  from: PROMETHEUS,
  title: 'Time of a commit',
  description: 'What 99% of commits to Kafka stay below, by kind: a plan, or the next offset.',
  unit: 's',
  none: 'Nothing was committed',
  queries: both(({ commitSeconds }) => quantile(0.99, commitSeconds.name, 'kind'), '{{kind}}'),
});

const RETRIES = stacked({
  from: PROMETHEUS,
  title: 'Steps tried again',
  description:
    'Times a second that a step of a delivery, or of the builder, was tried again, by step. A step that is tried again and again names what is down: ClickHouse or Kafka.',
  unit: 'cps',
  none: 'Nothing was tried again',
  queries: [
    ...both(({ retries }) => `sum by (step) (${rate(retries.name)})`, '{{step}}'),
    over(`sum by (step) (${rate(DECLARATIONS.builder.retries.name)})`, 'builder {{step}}', 'C'),
  ],
});

export const INTAKE_PANELS = [HALTED.height(9).span(6), LAG.span(9), LAG_SECONDS.span(9), MESSAGES, REJECTS];
export const STORE_PANELS = [INSERT.span(8), COMMIT.span(8), RETRIES.span(8)];
