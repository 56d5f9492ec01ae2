import { buildDashboard } from '../dashboard.ts';
import { label, PROMETHEUS_SOURCE } from '../variables.ts';
import { BUILD_PANELS, PROOF_PANELS } from './answers.ts';
import { DIRECTORY_PANELS } from './directory.ts';
import { INTAKE_PANELS, STORE_PANELS } from './intake.ts';
import { PROCESS_PANELS } from './processes.ts';

/** Every process of ours, and no other, tells this. */
const OURS = 'nodejs_version_info';

export const pipelineHealth = buildDashboard({
  uid: 'tocsin-pipeline',
  title: 'Pipeline health',
  description:
    'Is Tocsin itself well: does it keep up, does the store answer, are answers fresh, and is the proof good?',
  range: 'now-6h',
  refresh: '30s',
  variables: [
    PROMETHEUS_SOURCE,
    label('job', 'Job', `label_values(${OURS}, job)`),
    label('instance', 'Instance', `label_values(${OURS}{job=~"$job"}, instance)`),
  ],
  annotations: [],
  rows: {
    'Does it keep up?': INTAKE_PANELS,
    'Do ClickHouse and Kafka answer?': STORE_PANELS,
    'Is everything counted, and proved?': PROOF_PANELS,
    'Are answers fresh?': BUILD_PANELS,
    'Does it know the devices?': DIRECTORY_PANELS,
    'Is each process well?': PROCESS_PANELS,
  },
});
