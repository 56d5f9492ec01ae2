import { showDays } from '@tocsin/domain';
import type { Definition } from '../definition.ts';
import type { Figure, Measure } from '../form.ts';
import { counted, estimated, scaled } from '../measures.ts';
import { differenceInDifferences, type Moments, meanOverDevices } from '../statistics/change-over-devices.ts';
import { wilson } from '../statistics/ratios.ts';
import type { PilotWeights } from './pilot-weights.ts';
import type { Silence } from './silence.ts';
import { showLeftOut } from './windows.ts';

/** A hub's change, mean a day before − after, in billionths: see PilotWeights. */
interface PilotChanges {
  pilot: Moments;
  /** Without the hubs found silent. */
  speaking: Moments;
  control: Moments;
}

/** What the store has of a pilot, for `pilot` to judge. */
export interface PilotFacts {
  weights: PilotWeights;
  /** Incomplete days within the windows. */
  leftOut: string[];
  changes: PilotChanges;
  silence: Record<'pilot' | 'control', Silence>;
}

const BILLIONTH = 1e-9;
const inAlerts = ({ devices, sum, squares }: Moments): Moments => ({
  devices,
  sum: sum * BILLIONTH,
  squares: squares * BILLIONTH ** 2,
});

/** What the pilot of a hubs' firmware saved, and which of its hubs fell silent. Null facts: there was no pilot. */
export function pilot({ pilot: asked }: Definition, facts: PilotFacts | null): Figure {
  const code = asked.codes.join(', ');
  const figure = {
    id: 'pilot',
    title: `Fall of ${code} in the pilot of firmware ${asked.version}, and the hubs that fell silent`,
    formula:
      `A hub's change = its mean a day over ${asked.days} days before its activation − that from the day after it to the ` +
      'hold. Fall = (mean change of the pilot − mean change of the control over the same days) × hubs of the pilot; control: ' +
      `${asked.manufacturer} ${asked.model} hubs that were not activated; 95% interval over hubs (Welch). Silent: the hub ` +
      `and its HAN sent nothing at the end of the window for so long that its earlier messages (without ${code}) make ` +
      `that less probable than ${asked.improbable}: (1 + silent days/days before)^−(messages/dispersion).`,
  };
  if (!facts) {
    const why = 'none: no hub was activated';
    const none = { kind: 'count', value: 0 } as const;
    return {
      ...figure,
      window: 'none',
      measures: [
        { id: 'pilot.hubs', label: 'hubs in the pilot', unit: 'hubs', ...none },
        estimated({ id: 'pilot.fall', label: 'fall', unit: 'alerts/day' }, null, why),
        {
          ...none,
          id: 'pilot.silent-share',
          label: 'hubs that fell silent',
          unit: 'share',
          value: null,
          absent: why,
        },
      ],
      notes: [],
    };
  }
  const { weights, changes, silence } = facts;
  const [treated, speaking, control] = [changes.pilot, changes.speaking, changes.control].map(inAlerts) as [
    Moments,
    Moments,
    Moments,
  ];
  const hubs = treated.devices;
  const total = (id: string, label: string, estimate: ReturnType<typeof meanOverDevices>): Measure =>
    estimated({ id, label, unit: 'alerts/day', n: hubs }, estimate && scaled(estimate, hubs));
  const { cohorts } = weights;
  const span = { first: cohorts[0]!.day, last: cohorts[cohorts.length - 1]!.day };
  return {
    ...figure,
    window:
      `hubs activated ${showDays(span)}, each ${asked.days} days before against the days after up to ${weights.last}, ` +
      `Europe/London days, the day of activation left out${showLeftOut(facts.leftOut)}`,
    measures: [
      counted({ id: 'pilot.hubs', label: 'hubs in the pilot', unit: 'hubs' }, hubs),
      counted({ id: 'pilot.control-hubs', label: 'hubs in the control', unit: 'hubs' }, control.devices),
      total('pilot.fall', 'fall', differenceInDifferences(treated, control)),
      total(
        'pilot.fall-speaking',
        'fall, as if no hub had fallen silent',
        differenceInDifferences(speaking, control),
      ),
      total('pilot.before-after', 'before/after alone, without the control', meanOverDevices(treated)),
      ...silent('', '', silence.pilot),
      ...silent('control-', ' in the control', silence.control),
    ],
    notes: notes(silence),
  };
}

function silent(prefix: string, where: string, { silent, tellable }: Silence): Measure[] {
  const id = (name: string) => `pilot.${prefix}${name}`;
  return [
    counted(
      { id: id('silent-hubs'), label: `hubs that fell silent${where}`, unit: 'hubs', n: tellable },
      silent,
    ),
    counted(
      {
        id: id('silent-share'),
        label: `hubs that fell silent${where}, of all`,
        unit: 'share',
        n: tellable,
      },
      tellable === 0 ? null : silent / tellable,
      wilson(silent, tellable),
    ),
  ];
}

function notes({ pilot, control }: PilotFacts['silence']): string[] {
  const untold = pilot.hubs - pilot.tellable;
  return [
    `Dispersion ${Number(pilot.dispersion.toPrecision(4))}; by chance ${pilot.byChance.toFixed(2)} hubs of the pilot and ` +
      `${control.byChance.toFixed(2)} of the control would be called silent.`,
    ...(untold > 0
      ? [`${untold} hubs of the pilot spoke too seldom before for their silence to tell anything.`]
      : []),
    ...(pilot.silent > 0
      ? [
          'A silent hub raises no alerts and so looks like a success: compare the fall as if none had fallen silent.',
        ]
      : []),
  ];
}
