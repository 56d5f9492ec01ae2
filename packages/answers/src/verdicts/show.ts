import { amount, percent } from '../numbers.ts';
import type { Told } from './told.ts';

const SHOWN = 15;
const LEVERS = { 'service-request': 'service request 6.22', firmware: 'released firmware' } as const;

/** For a person at a terminal. */
export function show({ all, codes, parties, reasons, responsible }: Told): string {
  if (all.alerts === 0) return 'No alerts in this period.\n';
  const some = <Row>(rows: readonly Row[], line: (row: Row) => string) => rows.slice(0, SHOWN).map(line);
  return [
    `${amount(all.stoppable.aDay)} of ${amount(all.aDay)} alerts a day can be stopped now.`,
    ...some(
      codes,
      (one) =>
        `${one.code.padEnd(5)} ${amount(one.aDay).padStart(10)} a day: ${percent(one.stoppable.share ?? 0)} can be stopped, ` +
        `${percent(one.unstoppable.share ?? 0)} is unstoppable`,
    ),
    '',
    'Who can act:',
    ...some(
      parties,
      (one) =>
        `${amount(one.aDay).padStart(10)} a day by ${one.name || 'no party'}, by ${LEVERS[one.lever]}: ${one.codes.join(', ')}`,
    ),
    '',
    'What can’t be stopped, and why:',
    ...some(
      reasons,
      (one) =>
        `${amount(one.aDay).padStart(10)} a day ${one.suppression}: ${one.reason} (${one.codes.slice(0, 5).join(', ')})`,
    ),
    '',
    'Whose alerts are unstoppable:',
    ...some(
      responsible,
      (one) => `${amount(one.aDay).padStart(10)} a day of ${one.name || 'no party'}: ${one.reason}`,
    ),
    '',
  ].join('\n');
}
