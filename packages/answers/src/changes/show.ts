import { amount, percent } from '../numbers.ts';
import { london } from '../period.ts';
import type { Change, Told } from './told.ts';

const SHOWN = 20;

/** For a person at a terminal. */
export function show({ before, all, codes, installed }: Told): string {
  if (all.alerts + all.alertsBefore === 0) return 'No alerts in this period, nor in the one before.\n';
  return [
    `Against the time since ${london(before)}, alerts a day:`,
    `all    ${lineOf(all)}`,
    ...codes
      .slice(0, SHOWN)
      .map(({ code, meaning, ...change }) => `${code.padEnd(5)}  ${lineOf(change)}  ${meaning}`),
    ...(codes.length > SHOWN ? [`… and ${codes.length - SHOWN} more: --json has all of them.`] : []),
    `Devices installed a day: ${amount(installed.aDay)}, before ${amount(installed.aDayBefore)}.`,
    'Who can stop any of it, and by what: tocsin report verdicts of the same period.',
    '',
  ].join('\n');
}

function lineOf({
  aDay,
  aDayBefore,
  change,
  share,
}: Pick<Change, 'aDay' | 'aDayBefore' | 'change' | 'share'>): string {
  if (aDay === null || aDayBefore === null || change === null) return 'can’t be told: the feed was missing';
  const by = share === null ? '' : ` (${change > 0 ? '+' : ''}${percent(share)})`;
  return `${amount(aDayBefore).padStart(10)} → ${amount(aDay).padStart(10)}${by}`;
}
