import type { Days } from '@tocsin/domain';
import { showDays } from '@tocsin/domain';
import type { Definition } from '../definition.ts';
import type { Figure } from '../form.ts';
import { counted, estimated, scaled } from '../measures.ts';
import { addPairs, evenly, fallAgainstControl, type PairSums } from '../statistics/fall-against-control.ts';
import { showLeftOut, type Windows } from './windows.ts';

/** Whose doing a device's fall is. `neither` is the control; `new`: installed since; `unknown`: not in the inventory. */
export type Owner = 'firmware' | 'users' | 'neither' | 'new' | 'unknown';

export interface Rollout {
  /** Days of the first and the last activation that was observed. */
  span: Days;
  devices: number;
}

const NONE: PairSums = { devices: 0, before: 0, after: 0, beforeSquares: 0, products: 0, afterSquares: 0 };

/**
 * The fall of 8F3E over the rollout of the hubs' firmware, and whose it is.
 * @param owners sums per device over the two windows, by owner
 * @param ends whether the store reaches to the end of the window after the rollout
 */
export function unauthorisedAccess(
  { unauthorisedAccess: asked }: Definition,
  rollout: Rollout | null,
  windows: Windows | null,
  owners: Partial<Record<Owner, PairSums>>,
): Figure {
  const code = asked.codes.join(', ');
  const figure = {
    id: 'unauthorised-access',
    title: `Fall of ${code} over the rollout of firmware ${asked.version}, and whose it is`,
    formula:
      `fall = mean a day before − mean a day after. A device's fall is that of whichever came first, its activation of ` +
      `${asked.version} (firmware) or its ${asked.role}'s credentials put right (users); devices with neither are the ` +
      'control. Share = Σbefore·(Σafter of the control / Σbefore of the control) − Σafter, over the days of a window; ' +
      '95% interval over devices.',
  };
  const id = (name: string) => `${figure.id}.${name}`;
  if (!rollout || !windows || windows.days === 0) {
    const why = rollout
      ? 'the windows around the rollout are not in the store'
      : 'none: no activation was observed';
    return {
      ...figure,
      window: 'none',
      measures: [
        { id: id('fall'), label: 'fall', unit: 'alerts/day', kind: 'count', value: null, absent: why },
        estimated(
          { id: id('together'), label: 'firmware and users together', unit: 'alerts/day' },
          null,
          why,
        ),
      ],
      notes: [],
    };
  }
  const of = (owner: Owner) => owners[owner] ?? NONE;
  const all = (Object.values(owners) as PairSums[]).reduce(addPairs, NONE);
  const perDay = (sum: number) => sum / windows.days;
  const share = (name: string, label: string, treated: PairSums) => {
    const found = fallAgainstControl(treated, of('neither'));
    return estimated(
      { id: id(name), label, unit: 'alerts/day', n: treated.devices },
      found && scaled(found, 1 / windows.days),
    );
  };
  const control = of('neither');
  return {
    ...figure,
    window:
      `${showDays(windows.before)} against ${showDays(windows.after)}, Europe/London days` +
      `${showLeftOut(windows.leftOut)}; ${rollout.devices} hubs activated ${showDays(rollout.span)}`,
    measures: [
      counted({ id: id('before'), label: 'before', unit: 'alerts/day' }, perDay(all.before)),
      counted({ id: id('after'), label: 'after', unit: 'alerts/day' }, perDay(all.after)),
      counted(
        { id: id('fall'), label: 'fall', unit: 'alerts/day', n: all.devices },
        perDay(all.before - all.after),
      ),
      share('firmware', "firmware's share", of('firmware')),
      share('users', "users' share", of('users')),
      share('together', 'firmware and users together', addPairs(of('firmware'), of('users'))),
      counted(
        {
          id: id('control'),
          label: 'change of the control, devices with neither',
          unit: 'share',
          n: control.devices,
        },
        control.before === 0 ? null : control.after / control.before - 1,
      ),
      counted(
        {
          id: id('new'),
          label: 'raised after by hubs installed since',
          unit: 'alerts/day',
          n: of('new').devices,
        },
        perDay(of('new').after),
      ),
    ],
    notes: [
      'Before/after alone, without the control: ' +
        `firmware ${round(perDay(of('firmware').before - of('firmware').after))}, ` +
        `users ${round(perDay(of('users').before - of('users').after))} alerts/day.`,
      `Few hubs raise most: the ${control.devices} of the control tell as much as ${Math.floor(evenly(control))} that raise alike.`,
    ],
  };
}

const round = (value: number) => Number(value.toPrecision(6));
