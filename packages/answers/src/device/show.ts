import { amount } from '../numbers.ts';
import { london } from '../period.ts';
import type { Told } from './told.ts';

/** Events that are shown to a person at a terminal. */
const NEWEST = 20;

export function show({ history, alerts, han, blocked, ...one }: Told): string {
  return [
    `${one.device} ${one.kind}, ${one.manufacturer} ${one.model}, firmware ${one.firmware || 'not known'}, ${one.region || 'no region'}`,
    ...(one.hub ? [`On the HAN of ${one.hub} (${one.hanState || 'state not known'})`] : []),
    ...han.map((other) => `  with ${other.device} ${other.kind} ${other.model} ${other.firmware}`),
    ...(blocked
      ? [
          `Blocked since ${london(blocked.failedAt)}: ${blocked.phase} of firmware ${blocked.version || 'not told'} failed, ${blocked.reason || 'no reason told'}`,
        ]
      : []),
    ...(alerts.length === 0 ? ['No alerts in this period.'] : []),
    ...alerts.map(
      (row) =>
        `${row.code.padEnd(5)} ${amount(row.alerts).padStart(9)} alerts, last ${london(row.lastAt)}: ${row.suppression}` +
        ` (${row.reason}) by ${row.responsibleParty || 'nobody'}; firmware: ${row.remedy}`,
    ),
    ...history
      .slice(0, NEWEST)
      .map(({ at, event, version, firmware, code, setting, reason }) =>
        [london(at), event, firmware ?? version, code, setting, reason].filter(Boolean).join(' '),
      ),
    '',
  ].join('\n');
}
