import type { Day } from '@tocsin/domain';
import type { Definition } from '../definition.ts';
import type { Figure, Measure } from '../form.ts';
import { counted } from '../measures.ts';
import type { Moments } from '../statistics/change-over-devices.ts';
import { shareOfSides } from '../statistics/ratios.ts';
import { inWords } from '../words.ts';
import { showWindow } from './windows.ts';

/** Alerts of the codes in the window by what was judged of them. */
export interface Judged {
  suppression: string;
  reason: string;
  responsibleParty: string;
  remedy: string;
  remedyReason: string;
  alerts: number;
}

/** Alerts of each device that raised what nobody can stop, and of each that raised any other. */
export interface Sides {
  unstoppable: Moments;
  others: Moments;
}

/** Why there are none. */
export interface NoSides {
  absent: string;
}

/** How much of the power factor alerts nobody can stop, why and whose; and how much waits on firmware. */
export function powerFactor(
  { powerFactor: asked }: Definition,
  judged: readonly Judged[],
  sides: Sides | NoSides,
  incomplete: readonly Day[],
): Figure {
  const total = sum(judged);
  const unstoppable = judged.filter(({ suppression }) => suppression === 'unstoppable');
  const waiting = judged.filter(({ remedy }) => remedy !== 'none');
  const id = (...names: string[]) => ['power-factor', ...names].join('.');
  const part = (name: string, label: string, rows: readonly Judged[]): Measure[] => [
    counted({ id: id(name, 'alerts'), label, unit: 'alerts' }, sum(rows)),
    counted(
      { id: id(name, 'share'), label: `${label}, of all`, unit: 'share' },
      total === 0 ? null : sum(rows) / total,
    ),
  ];
  const each = (kind: string, rows: readonly Judged[], key: (row: Judged) => string, word: string) =>
    grouped(rows, key).flatMap(([name, group]) =>
      part(`${kind}.${name}`, `${word}: ${inWords(name)}`, group),
    );
  const code = asked.codes.join(' and ');
  return {
    id: 'power-factor',
    title: `${code}: what nobody can stop, and what waits on firmware`,
    formula:
      'Share = alerts judged so / all alerts of these codes, each judged as of its own time. Unstoppable: it could be ' +
      'switched off, but its responsible party can’t. Waiting on firmware: a firmware is there or under way that mends it, ' +
      'over whatever suppression. 95% interval of the unstoppable share as another draw of as ' +
      'many devices would have it; n: devices that raised what nobody can stop, or others, whichever are fewer.',
    window: `${showWindow(asked.window, incomplete)}, Europe/London days`,
    measures: [
      counted({ id: id('alerts'), label: 'alerts', unit: 'alerts' }, total),
      counted({ id: id('unstoppable-alerts'), label: 'unstoppable', unit: 'alerts' }, sum(unstoppable)),
      counted(
        {
          id: id('unstoppable-share'),
          label: 'unstoppable, of all',
          unit: 'share',
          ...('absent' in sides ? {} : { n: Math.min(sides.unstoppable.devices, sides.others.devices) }),
        },
        total === 0 ? null : sum(unstoppable) / total,
        'absent' in sides ? null : shareOfSides(sides.unstoppable, sides.others),
      ),
      ...each('reason', unstoppable, ({ reason }) => reason, 'unstoppable'),
      ...each(
        'party',
        unstoppable,
        ({ responsibleParty }) => responsibleParty || 'none',
        'unstoppable, party',
      ),
      counted({ id: id('waiting-alerts'), label: 'waiting on firmware', unit: 'alerts' }, sum(waiting)),
      counted(
        { id: id('waiting-share'), label: 'waiting on firmware, of all', unit: 'share' },
        total === 0 ? null : sum(waiting) / total,
      ),
      ...each(
        'remedy',
        waiting,
        ({ remedy, remedyReason }) => remedy + (remedyReason && `-${remedyReason}`),
        'waiting',
      ),
    ],
    notes: 'absent' in sides ? [`no interval: ${sides.absent}`] : [],
  };
}

const sum = (rows: readonly Judged[]) => rows.reduce((total, { alerts }) => total + alerts, 0);

/** Groups in descending order of alerts, then by name. */
function grouped(rows: readonly Judged[], key: (row: Judged) => string): [string, Judged[]][] {
  const groups = new Map<string, Judged[]>();
  for (const row of rows) groups.set(key(row), [...(groups.get(key(row)) ?? []), row]);
  return [...groups].sort(([a, one], [b, other]) => sum(other) - sum(one) || (a < b ? -1 : 1));
}
