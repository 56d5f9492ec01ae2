import { numbers, type Section, words } from '../document.ts';
import type { Gathered } from '../gather.ts';
import { name, say } from '../prose.ts';

/** When a region's feed was missing, of the period before and of this one. */
export const gapsOf = ({ feed, feedBefore }: Pick<Gathered, 'feed' | 'feedBefore'>) =>
  [feedBefore, feed].flatMap((one) => one.each(({ gaps }) => gaps, 'region', 'from'));

/** Whether all came that was expected. */
export function feedSection({ feed, feedBefore }: Gathered): Section {
  const regions = feed.each((told) => told.regions, 'region');
  const before = new Map(
    feedBefore.each((told) => told.regions, 'region').map((one) => [one.told.region, one] as const),
  );
  return {
    id: 'feed',
    title: 'Was the feed whole?',
    blocks: [
      {
        kind: 'paragraph',
        text:
          regions.length === 0
            ? say`Nothing came, and nothing was expected.`
            : gapsOf({ feed, feedBefore }).length === 0
              ? say`No hour of a region’s feed was missing, neither in this period nor in the one before. What came is fewer than expected where volumes fell, and more where they rose.`
              : say`Hours were missing, as told on top.`,
      },
      {
        kind: 'table',
        caption: say`Hours in which something was expected, and those in which the feed was missing`,
        head: [
          words(say`Region`),
          numbers(say`Hours`),
          numbers(say`Missing`),
          numbers(say`Missing in the period before`),
          numbers(say`Messages of those expected`),
        ],
        rows: regions.map((one) => {
          const earlier = before.get(one.told.region);
          return [
            say`${name(one.told.region)}`,
            say`${one.cite('hours', ({ hours }) => hours)}`,
            say`${one.cite('hours', ({ gapHours }) => gapHours)}`,
            earlier ? say`${earlier.cite('hours', ({ gapHours }) => gapHours)}` : say`–`,
            say`${one.cite('share', ({ share }) => share)}`,
          ];
        }),
      },
    ],
  };
}
