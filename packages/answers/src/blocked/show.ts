import { amount, counted, percent } from '../numbers.ts';
import { london } from '../period.ts';
import type { Told } from './told.ts';

const SHOWN = 50;

/** For a person at a terminal. */
export function show({ devices, by, codes, alerts, share, saved, effects }: Told): string {
  const han = devices.filter((one) => one.han).length;
  return [
    `${counted(devices.length, 'device')} failed to download or activate firmware and did not succeed since, ${han} of them because of the HAN.`,
    ...by.map(
      (one) =>
        `  ${one.dimension.padEnd(8)}  ${(one.value || 'none').padEnd(16)}  ${counted(one.devices, 'device')}, ${amount(one.han)} because of the HAN`,
    ),
    share === null
      ? `Nobody raised ${codes.join(', ')} in this period.`
      : `They raised ${amount(alerts.blocked)} of ${amount(alerts.all)} alerts of ${codes.join(', ')}: ${percent(share)}.`,
    ...effects.map((one) =>
      one.cut
        ? `${one.manufacturer} ${one.model} ${one.version} ends ${percent(one.cut.value)} (${percent(one.cut.low)} to ` +
          `${percent(one.cut.high)}, 95%) of ${one.codes.join(', ')}, by ${one.upgraded} HANs with it and ${one.control} without.`
        : `What ${one.manufacturer} ${one.model} ${one.version} ends of ${one.codes.join(', ')} can't be known: ${one.refused}.`,
    ),
    ...devices
      .slice(0, SHOWN)
      .map(
        (one) =>
          `${one.device}  ${one.kind.padEnd(4)}  ${one.model}  ${one.firmware}, ${one.version} failed  ${one.phase}: ${one.reason}  ` +
          `${london(one.failedAt)}  HAN ${one.hanState || '-'}  ${one.region}  ${one.supplier || '-'}`,
      ),
    ...(devices.length > SHOWN ? [`… and ${devices.length - SHOWN} more: --json has all of them.`] : []),
    action(devices, effects, saved),
    '',
  ].join('\n');
}

/** Who can act, by which lever. */
function action(devices: Told['devices'], effects: Told['effects'], saved: Told['saved']): string {
  if (devices.length === 0) return 'Nobody need act: no device is known to be blocked.';
  const lines: string[] = [];
  const unstable = devices.filter((one) => one.han && one.hanState !== 'stable').length;
  if (unstable > 0)
    lines.push(
      `${counted(unstable, 'device')}: their suppliers can mend the HAN, then ask for the download again.`,
    );
  const again = devices.length - unstable;
  if (again > 0)
    lines.push(
      `${counted(again, 'device')}: whoever brings the firmware (a meter’s supplier, a hub’s CSP) can ask for it again; nothing is known against their HAN.`,
    );
  const brings = [...new Set(effects.map(({ actingParty }) => actingParty))].join(', ');
  if (saved)
    lines.push(
      `With the firmware, by the ${brings}, ${amount(saved.value)} alerts a day less (${amount(saved.low)} to ${amount(saved.high)}, 95%).`,
    );
  return lines.join('\n');
}
