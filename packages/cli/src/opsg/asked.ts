import { changes } from '@tocsin/answers';
import { endOfMonth, lastMonth, type Period } from '@tocsin/document';
import { UsageError } from '../errors.ts';

/**
 * The period that is asked for, in moments with their zone or London's days; by default the last month in London that is over, or
 * the month (of what is left of it) that begins with `from`.
 */
export function periodAsked({ from, to }: { from?: string; to?: string }, now: number): Period {
  if (from === undefined) {
    if (to !== undefined) throw new UsageError('--to needs --from');
    return lastMonth(now);
  }
  // As every question takes a period.
  const asked = changes.asked.safeParse({ from, to: to ?? '2099-12-31' });
  if (!asked.success)
    throw new UsageError(
      asked.error.issues.map(({ path, message }) => `--${String(path[0])}: ${message}`).join('; '),
    );
  return { from: asked.data.from, to: to === undefined ? endOfMonth(asked.data.from) : asked.data.to };
}
