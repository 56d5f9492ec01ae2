import { useAnswer } from '../../ask/use-answer.ts';
import { useViewer } from '../../ask/viewer.ts';
import { changed } from '../../parts/amounts.ts';
import type { Elapsed } from '../../time/elapsed.ts';
import { addDays, daysBetween } from '../../time/london.ts';
import type { Period } from '../../time/period.ts';

/**
 * How a period's alerts a day compare with those of as many days before, in words. A feed that stopped must not read as an
 * improvement: who sees the whole network is told rates of the hours that were heard, whoever else none where any is missing.
 */
export function useComparison(period: Period, elapsed: Elapsed | null): string {
  const { questions } = useViewer();
  const heard = questions.changes !== undefined;
  const days = daysBetween(period.from, period.to);
  const before = { from: addDays(period.from, -days), to: period.from };
  const now = { from: period.from, to: elapsed?.to ?? period.to };
  const known = elapsed !== null;
  const changes = useAnswer('changes', { ...now, before: before.from }, known && heard);
  const volume = useAnswer('volume', now, known && !heard);
  const earlier = useAnswer('volume', before, !heard);
  const feed = useAnswer('completeness', { from: before.from, to: now.to }, known && !heard);
  const then = `in the ${days} days before`;
  if (heard) {
    if (changes.data === undefined) return changes.error ? 'not compared: it can’t be told' : '…';
    const { aDayBefore, change, share } = changes.data.all;
    if (change === null) return 'not compared: the feed was missing';
    if (share === null || aDayBefore === 0) return 'nothing to compare with';
    return `${changed(share)} ${then}, hours without a feed left out`;
  }
  if (volume.data === undefined || earlier.data === undefined || feed.data === undefined) return '…';
  if (feed.data.gaps.length > 0) return `not compared: the feed was missing for hours here or ${then}`;
  const of = ({ rows }: typeof volume.data) => rows[0]?.counts.alerts ?? 0;
  const past = of(earlier.data) / days;
  if (past === 0 || elapsed === null) return 'nothing to compare with';
  return `${changed(of(volume.data) / elapsed.days / past - 1)} ${then}`;
}
