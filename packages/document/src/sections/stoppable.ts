import { numbers, type Section, words } from '../document.ts';
import type { Gathered } from '../gather.ts';
import { name, type Prose, say, TERMS } from '../prose.ts';
import { nameOfRole } from './parties.ts';

const PARTIES = 12;
const CODES = 8;

export type Lever = Gathered['stoppable']['told']['parties'][number]['lever'];

/** By what it is done. */
export const leverProse = (lever: Lever): Prose =>
  lever === 'firmware' ? say`by bringing on firmware that is released` : say`by ${TERMS.request}`;

/** What can be stopped, by whom and by what. */
export function stoppableSection({ stoppable }: Gathered): Section {
  const { cite } = stoppable;
  return {
    id: 'stoppable',
    title: 'What can be stopped, and by whom',
    blocks: [
      {
        kind: 'paragraph',
        text: say`Of ${cite('alerts a day', ({ all }) => all.aDay)} alerts a day ${cite('alerts a day', ({ all }) => all.stoppable.aDay)} can be stopped now (${cite('share', ({ all }) => all.stoppable.share)}): the party that they are addressed to can switch them off, or a firmware that is released ends them on devices that can take it.`,
      },
      {
        kind: 'table',
        caption: say`By what, and by which kind of party`,
        head: [words(say`Lever`), words(say`Who`), numbers(say`Alerts a day`)],
        rows: stoppable
          .each(({ levers }) => levers, 'lever', 'role')
          .map(({ told, cite }) => [
            leverProse(told.lever),
            nameOfRole(told.role),
            say`${cite('alerts a day', ({ aDay }) => aDay)}`,
          ]),
      },
      {
        kind: 'table',
        caption: say`The parties that can stop most`,
        head: [words(say`Party`), words(say`Lever`), words(say`Codes`), numbers(say`Alerts a day`)],
        rows: stoppable
          .each(({ parties }) => parties, 'party', 'lever')
          .slice(0, PARTIES)
          .map(({ told, cite }) => [
            say`${name(told.name || 'no party')}`,
            leverProse(told.lever),
            say`${name(told.codes.join(', '))}`,
            say`${cite('alerts a day', ({ aDay }) => aDay)}`,
          ]),
      },
      {
        kind: 'table',
        caption: say`By code: unstoppable is what could be switched off, but not by the party that is responsible; a firmware may end it all the same`,
        head: [
          words(say`Code`),
          numbers(say`Alerts a day`),
          numbers(say`Can be stopped, a day`),
          numbers(say`Share`),
          numbers(say`Unstoppable, a day`),
          numbers(say`Share`),
        ],
        rows: stoppable
          .each(({ codes }) => codes, 'code')
          .slice(0, CODES)
          .map(({ told, cite }) => [
            say`${name(told.code)}`,
            say`${cite('alerts a day', ({ aDay }) => aDay)}`,
            say`${cite('alerts a day', ({ stoppable }) => stoppable.aDay)}`,
            say`${cite('share', ({ stoppable }) => stoppable.share)}`,
            say`${cite('alerts a day', ({ unstoppable }) => unstoppable.aDay)}`,
            say`${cite('share', ({ unstoppable }) => unstoppable.share)}`,
          ]),
      },
    ],
  };
}
