import { MappingType, type ValueMap } from '@grafana/grafana-foundation-sdk/dashboard';
import { thresholds } from '../panels.ts';

/** The bounds of the migration gate (the view `migration_gate`). */
export const HEADROOM = thresholds('red', [0.1, 'orange'], [0.25, 'green']);

/** The same as lines: each has the colour of what lies below it. */
export const HEADROOM_LINES = thresholds('red', [0.1, 'orange'], [0.25, 'transparent']);

const colours: ValueMap = {
  type: MappingType.ValueToText,
  options: {
    go: { text: 'Go', color: 'green', index: 0 },
    caution: { text: 'Caution', color: 'orange', index: 1 },
    stop: { text: 'Stop', color: 'red', index: 2 },
  },
};

export const GATE_COLOURS = [colours];
