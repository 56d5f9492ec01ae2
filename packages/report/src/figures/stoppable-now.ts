import type { Day, Days } from '@tocsin/domain';
import type { Figure } from '../form.ts';
import { counted } from '../measures.ts';
import { showWindow } from './windows.ts';

/** What one party could stop by one lever, over the window. */
export interface Stoppable {
  party: string;
  lever: string;
  codes: string[];
  /** The codes in words. */
  meaning: string;
  devices: number;
  alerts: number;
}

export interface StoppableFacts {
  window: Days;
  days: number;
  levers: readonly Stoppable[];
  /** Alerts that can be stopped by any of them, each once. */
  together: { devices: number; alerts: number };
  /** All alerts of the window. */
  alerts: number;
}

/** Who could stop what now, by which lever, the largest saving first. */
export function stoppableNow(facts: StoppableFacts | null, incomplete: readonly Day[]): Figure {
  const figure = {
    id: 'stoppable-now',
    title: 'Who could stop what now',
    formula:
      'Alerts a day over the last complete days of the store that are suppressible (their responsible party can switch ' +
      'them off) or have a released firmware (the acting party can bring it). An alert with both levers stands under both, ' +
      'and is counted once in the total. Above 65,536 devices are estimated.',
  };
  if (!facts || facts.days === 0)
    return { ...figure, window: 'none', measures: [], notes: ['none: the store is empty'] };
  const { days, together, alerts } = facts;
  const levers = facts.levers.toSorted(
    (a, b) => b.alerts - a.alerts || compare(a.party, b.party) || compare(a.lever, b.lever),
  );
  return {
    ...figure,
    window: `${showWindow(facts.window, incomplete)}, Europe/London days`,
    measures: [
      counted({ id: 'stoppable-now.alerts', label: 'alerts', unit: 'alerts/day' }, alerts / days),
      counted(
        { id: 'stoppable-now.stoppable', label: 'stoppable now', unit: 'alerts/day', n: together.devices },
        together.alerts / days,
      ),
      counted(
        { id: 'stoppable-now.share', label: 'stoppable now, of all', unit: 'share' },
        alerts === 0 ? null : together.alerts / alerts,
      ),
    ],
    table: {
      columns: ['who', 'by', 'codes', 'in words', 'devices', 'alerts/day saved'],
      rows: levers.map(({ party, lever, codes, meaning, devices, alerts: saved }) => [
        ...[party, lever, codes.join(' '), meaning],
        ...[devices, saved / days],
      ]),
    },
    notes: [],
  };
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
