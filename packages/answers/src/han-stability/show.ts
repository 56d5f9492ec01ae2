import { percent } from '../numbers.ts';
import type { Told } from './told.ts';

/** For a person at a terminal. */
export function show({ all, by, notMeasured }: Told): string {
  if (all.stable + all.unstable + all.unknown === 0)
    return 'No HAN is known: the inventory has no devices.\n';
  return [
    `Unstable HANs: ${countOf(all)}.`,
    `Why: ${all.blocked} can’t take firmware, ${all.reported} are so by the inventory, ${all.silent} fell silent, ${all.rejoining} have devices that join again and again.`,
    ...by.map((one) => `  ${one.dimension.padEnd(8)}  ${(one.value || 'none').padEnd(12)}  ${countOf(one)}`),
    `Not measured, as this stream has nothing of it: ${notMeasured.join('; ')}.`,
    action(all),
    '',
  ].join('\n');
}

const countOf = ({ stable, unstable, unknown, share }: Told['all']) =>
  `${unstable} of ${stable + unstable}` +
  (share ? `, ${percent(share.value)} (${percent(share.low)} to ${percent(share.high)}, 95%)` : '') +
  (unknown > 0 ? `; ${unknown} not known` : '');

/** Who can act, by which lever. */
const action = ({ unstable, blocked, silent }: Told['all']): string =>
  unstable === 0
    ? 'Nobody need act: no HAN is known to be unstable.'
    : `Suppliers can visit or restart ${unstable - silent} HANs and then ask for ${blocked} downloads again (tocsin report blocked ` +
      `names the devices); the CSPs can see to ${silent} that are silent.`;
