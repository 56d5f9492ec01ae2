import { percent } from '../numbers.ts';
import { london } from '../period.ts';
import type { Told } from './told.ts';

const SHOWN = 20;
const shareOf = (share: number | null) => (share === null ? 'nothing expected' : percent(share));

/** For a person at a terminal; ends in who should do what. */
export function show({ regions, parties, gaps }: Told): string {
  if (regions.length === 0) return 'Nothing came in this period, and nothing was expected.\n';
  return [
    ...regions.map(
      ({ region, share, hours, gapHours }) =>
        `${region.padEnd(8)} ${shareOf(share).padStart(8)} of what was expected in ${hours} hours, ${gapHours} of them missing`,
    ),
    ...(parties.length > 0 ? ['', 'Least of what was expected, by responsible party:'] : []),
    ...parties
      .slice(0, SHOWN)
      .map(
        ({ region, party, received, expected, share }) =>
          `${region.padEnd(8)} ${(party || 'no party').padEnd(12)} ${shareOf(share).padStart(8)}: ${received} of ${expected} messages`,
      ),
    '',
    ...gaps.map(
      ({ region, from, to, share }) =>
        `The feed of ${region} was missing from ${london(from)} to ${london(to)}: ${shareOf(share)} came.`,
    ),
    gaps.length > 0
      ? 'No figure is to be read from these hours; who runs the regions’ feeds can say whether their alerts still come.'
      : 'No feed was missing: figures of this period can be read.',
    '',
  ].join('\n');
}
