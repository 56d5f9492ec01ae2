import { amount, percent } from '../numbers.ts';
import { london } from '../period.ts';
import type { Told } from './told.ts';

const SHOWN = 20;

/** For a person at a terminal. */
export function show({ pairs, raised, cleared, orderFrom, devices }: Told): string {
  if (pairs.length === 0)
    return 'No alert that has a counterpart was raised in this period: nobody need act.\n';
  return [
    ...pairs.map((pair) =>
      pair.cycles === 0
        ? `${pair.raised}: ${amount(pair.raises)} raised on ${amount(pair.devices)} devices, none cleared by ${pair.cleared}: no cycles can be told.`
        : `${pair.raised} → ${pair.cleared}: ${amount(pair.cycles)} cycles on ${amount(pair.devices)} devices; ` +
          `${pair.worst.map((one) => `the worst ${amount(one.devices)} make ${percent(one.share ?? 0)}`).join(', ')}.`,
    ),
    ...(devices.length > 0 ? [`The worst of ${raised}, in order since ${london(orderFrom)}:`] : []),
    ...devices
      .slice(0, SHOWN)
      .map(
        (one) =>
          `${one.device}  ${one.kind.padEnd(4)}  ${one.model.padEnd(8)}  ${one.region.padEnd(7)}  ${one.supplier || '-'}  ` +
          `${amount(one.cycles)} cycles on ${one.days} days` +
          (one.inOrder?.minutes == null
            ? ''
            : `, over after ${one.inOrder.minutes.toFixed(0)} min, ${one.inOrder.again} times again within 10 min; ${one.inOrder.suppression}`),
      ),
    ...(devices.length > SHOWN ? [`… and ${devices.length - SHOWN} more: --json has them.`] : []),
    action(raised, cleared, devices),
    '',
  ].join('\n');
}

/** Who can act, by which lever. */
function action(raised: string, cleared: string, devices: Told['devices']): string {
  if (devices.length === 0)
    return 'Nobody need act: no device was seen to raise and clear the code that was asked for.';
  const off = devices.filter((one) => one.inOrder?.suppression === 'suppressible');
  const firmware = devices.filter((one) => one.inOrder?.remedy === 'released');
  const parties = [...new Set(off.map((one) => one.inOrder!.responsibleParty))].filter(Boolean).sort();
  const days = Math.max(1, ...devices.map((one) => one.days));
  const saves = (some: Told['devices']) =>
    `${some.length} of these ${devices.length} devices, about ${amount(
      Math.round(some.reduce((sum, { raises, clears }) => sum + raises + clears, 0) / days),
    )} alerts a day`;
  return [
    `Service request 6.22 switches ${raised} and ${cleared} off on ${saves(off)}` +
      `${parties.length > 0 ? `: by ${parties.join(', ')}` : ''}.`,
    ...(firmware.length > 0
      ? [`Released firmware ends them on ${saves(firmware)}: by each meter’s supplier.`]
      : []),
  ].join('\n');
}
