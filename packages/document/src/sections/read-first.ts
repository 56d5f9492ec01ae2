import { numbers, type Section, words } from '../document.ts';
import type { Gathered } from '../gather.ts';
import { name, type Prose, say } from '../prose.ts';
import { gapsOf } from './feed.ts';

/** What has to be known before anything else is read; none where there is nothing. @param now ms since the epoch */
export function readFirst(gathered: Gathered, now: number): Section[] {
  const { period } = gathered;
  const gaps = gapsOf(gathered);
  const warnings: Prose[] = [
    ...(gaps.length > 0
      ? [
          say`The feed of this period, or of the one before, was not whole: hours of some regions are missing. No improvement is to be read from them: what is compared below leaves them out, and plots shade them.`,
        ]
      : []),
    ...(period.to > now ? [say`The period is not over: what is told of it goes on to change.`] : []),
  ];
  if (warnings.length === 0) return [];
  return [
    {
      id: 'read-first',
      title: 'Read this first',
      blocks: [
        ...warnings.map((text) => ({ kind: 'paragraph', tone: 'warning', text }) as const),
        ...(gaps.length === 0
          ? []
          : [
              {
                kind: 'table',
                caption: say`When a region’s feed was missing`,
                head: [
                  words(say`Region`),
                  words(say`From`),
                  words(say`To`),
                  numbers(say`Came of what was expected`),
                ],
                rows: gaps.map((gap) => [
                  say`${name(gap.told.region)}`,
                  say`${gap.cite('moment', ({ from }) => from)}`,
                  say`${gap.cite('moment', ({ to }) => to)}`,
                  say`${gap.cite('share', ({ share }) => share)}`,
                ]),
              } as const,
            ]),
      ],
    },
  ];
}
