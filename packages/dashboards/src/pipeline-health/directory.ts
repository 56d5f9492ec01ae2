import { DECLARATIONS } from '@tocsin/metrics';
import { AS_LINES, chart, thresholds } from '../panels.ts';
import { of, over, PROMETHEUS, rate } from '../prometheus/query.ts';

const { processor } = DECLARATIONS;
const NO_PROCESSOR = 'No processor is scraped';

const DEVICES = chart({
  from: PROMETHEUS,
  title: 'Devices in the directory',
  description: 'Devices that the directory of each processor knows. All should know as many.',
  unit: 'short',
  none: NO_PROCESSOR,
  queries: [over(`max by (instance) (${of(processor.directoryDevices.name)})`, '{{instance}}')],
});

const MEMORY = chart({
  from: PROMETHEUS,
  title: 'Memory of the directory',
  description:
    'What the directory of each processor takes: about 53 bytes for each device with two intervals.',
  unit: 'bytes',
  none: NO_PROCESSOR,
  queries: [over(`max by (instance) (${of(processor.directoryBytes.name)})`, '{{instance}}')],
});

const AGE = chart({
  from: PROMETHEUS,
  title: 'Age of the directory',
  description:
    'Since the directory last knew all of the device history. From five minutes on (red line) devices that are new are taken for unknown, until corrections put them right.',
  unit: 's',
  none: NO_PROCESSOR,
  queries: [over(`time() - min by (instance) (${of(processor.directoryCurrent.name)})`, '{{instance}}')],
})
  .thresholds(thresholds('transparent', [300, 'red']))
  .thresholdsStyle(AS_LINES);

const UNKNOWN = chart({
  from: PROMETHEUS,
  title: 'Alerts of unknown devices',
  description: 'Which part of the alerts accepted was of devices that were not known at their time.',
  unit: 'percentunit',
  none: 'No alerts were accepted',
  queries: [
    over(`sum(${rate(processor.unknownDevices.name)}) / sum(${rate(processor.alerts.name)})`, 'unknown'),
  ],
});

const CORRECTED = chart({
  from: PROMETHEUS,
  title: 'Corrections',
  description:
    'Rows a second that were corrected, because the inventory or the registries say otherwise by now.',
  unit: 'cps',
  none: NO_PROCESSOR,
  queries: [over(`sum(${rate(processor.corrected.name)})`, 'corrected')],
});

export const DIRECTORY_PANELS = [DEVICES.span(8), MEMORY.span(8), AGE.span(8), UNKNOWN, CORRECTED];
