import type { Part } from '../cited/part.ts';
import { numbers, type Section, words } from '../document.ts';
import type { Gathered } from '../gather.ts';
import { volumePlot } from '../plots/volume.ts';
import { name, type Prose, say, sentences } from '../prose.ts';

const SHOWN = 10;
/** Of all alerts a day, a change that is worth a sentence; and how many such there are at most, up and down. */
const WORTH = 0.005;
const SENTENCES = 3;

type Code = Part<Gathered['changed']['told']['codes'][number]>;

/** The headline: what became more and what less than in the period before. */
export function changedSection(gathered: Gathered): Section {
  const { changed } = gathered;
  const codes = changed.each((told) => told.codes, 'code');
  const least = WORTH * Math.max(changed.told.all.aDay ?? 0, changed.told.all.aDayBefore ?? 0);
  const worth = codes.filter(({ told }) => Math.abs(told.change ?? 0) > least);
  const falls = worth.filter(({ told }) => told.change! < 0).slice(0, SENTENCES);
  const rises = worth.filter(({ told }) => told.change! > 0).slice(0, SENTENCES);
  return {
    id: 'changed',
    title: 'What changed',
    blocks: [
      { kind: 'paragraph', text: overall(changed) },
      {
        kind: 'list',
        items: [
          ...falls.map((code) => sentence(code, say`fell`)),
          ...rises.map((code) => sentence(code, say`rose`)),
          ...(worth.length === 0 ? [say`No code changed by more than a small part of all alerts.`] : []),
        ],
      },
      {
        kind: 'table',
        caption: say`Alerts a day by code, the greatest change first; hours that the feed missed count on neither side`,
        head: [
          words(say`Code`),
          words(say`In plain words`),
          numbers(say`Before, a day`),
          numbers(say`Now, a day`),
          numbers(say`Change, a day`),
          numbers(say`Change`),
        ],
        rows: codes
          .slice(0, SHOWN)
          .map((code) => [
            say`${name(code.told.code)}`,
            say`${name(code.told.meaning)}`,
            say`${code.cite('alerts a day', ({ aDayBefore }) => aDayBefore)}`,
            say`${code.cite('alerts a day', ({ aDay }) => aDay)}`,
            say`${code.cite('alerts a day', ({ change }) => change)}`,
            say`${code.cite('change of share', ({ share }) => share)}`,
          ]),
      },
      volumePlot(gathered),
    ],
  };
}

function overall({ told, cite }: Gathered['changed']): Prose {
  if (told.all.change === null)
    return say`What changed can’t be told: of one of the periods no hour was heard.`;
  return say`Over all codes ${cite('alerts a day', ({ all }) => all.aDay)} alerts a day came, against ${cite('alerts a day', ({ all }) => all.aDayBefore)} in the period before (${cite('change of share', ({ all }) => all.share)}).`;
}

function sentence({ told, cite }: Code, moved: Prose): Prose {
  const safety = told.safety ? say`, a safety code,` : say``;
  const share = told.share === null ? say`` : say` or ${cite('change of share', (code) => code.share)}`;
  return sentences(
    say`${name(told.code)}${safety} ${moved} from ${cite('alerts a day', ({ aDayBefore }) => aDayBefore)} to ${cite('alerts a day', ({ aDay }) => aDay)} alerts a day (${cite('alerts a day', ({ change }) => change)} a day${share}).`,
    told.path === null
      ? null
      : say`From the first week of the period before to the last week of this one it went from ${cite('alerts a day', ({ began }) => began)} to ${cite('alerts a day', ({ ended }) => ended)} a day (${cite('alerts a day', ({ path }) => path)}).`,
    told.meaning === '' ? null : say`It means: ${name(told.meaning)}`,
  );
}
