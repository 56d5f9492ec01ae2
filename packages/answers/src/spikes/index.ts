import { z } from 'zod';
import { PERIOD } from '../period.ts';
import { question } from '../question.ts';
import { driversOf } from './drivers.ts';
import { readDays, readGaps, readHours, readParts } from './read.ts';
import { readingOf } from './reading.ts';
import { spikesOf, withoutGaps } from './runs.ts';
import { TOLD } from './told.ts';

/** Which codes rose above their usual, of which party or over all, suddenly or by the day, and what explains it. */
export const spikes = question({
  name: 'spikes',
  summary:
    'codes that rose above their usual, since when, and the parties, models and firmware that explain it',
  of: 'devices',
  example: '--from 2020-06-01 --to 2020-07-01',
  list: 'spikes',
  asked: z.strictObject({ ...PERIOD }),
  told: TOLD,
  async answer(store, asked, { party }) {
    const [days, hours, gaps] = await Promise.all([
      readDays(store, asked, party),
      readHours(store, asked, party),
      readGaps(store, asked),
    ]);
    const found = spikesOf(days, withoutGaps(hours, gaps));
    const parts = await readParts(store, found, party);
    return {
      spikes: found.map((one, place) => {
        const told = {
          ...one,
          from: new Date(one.from).toISOString(),
          to: new Date(one.to).toISOString(),
          above: one.alerts - one.usual,
          // Of one party's spike that party explains it all.
          drivers: driversOf(
            parts[place]!.filter((part) => one.party === null || !part.dimension.startsWith('party')),
          ),
        };
        return { ...told, reading: readingOf(told) };
      }),
      gapHours: gaps.filter((gap) => gap >= asked.from).length,
    };
  },
  show: ({ spikes, gapHours }) =>
    [
      ...(gapHours > 0
        ? [`In ${gapHours} hours the feed of a region was missing: they count for nothing.`]
        : []),
      ...(spikes.length === 0
        ? ['Nothing rose above its usual; nobody need act.']
        : [
            ...spikes.map(({ reading }) => reading),
            'Who can stop what of it, and by what: tocsin report stoppable of the same period.',
          ]),
      '',
    ].join('\n'),
});
