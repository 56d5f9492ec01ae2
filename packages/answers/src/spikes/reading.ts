import { amount, percent } from '../numbers.ts';
import { london } from '../period.ts';
import type { Told } from './told.ts';

type Spike = Told['spikes'][number];

/** A spike in words, which end in who can act. */
export function readingOf({
  code,
  party,
  from,
  to,
  alerts,
  usual,
  above,
  drivers,
}: Omit<Spike, 'reading'>): string {
  const of = party === null ? 'over all parties' : `of ${party || 'no party'}`;
  const more = usual === 0 ? 'none is usual' : `${percent(above / usual)} more than usual`;
  const told = drivers
    .slice(0, 3)
    .map(({ dimension, value, share }) => `${dimension} ${value || 'none'} ${percent(share)}`);
  return [
    `${code} ${of}, ${london(from)} to ${london(to)}: ${amount(alerts)} alerts, ${more}.`,
    ...(told.length > 0 ? [`What explains it: ${told.join(', ')}.`] : []),
    actionOf(party, drivers),
  ].join(' ');
}

/** Those who can act are parties; of a party's own spike its models tell how much of it can be stopped. */
function actionOf(party: string | null, drivers: Spike['drivers']): string {
  const acting = drivers.filter(({ dimension }) => dimension === (party === null ? 'party' : 'model'));
  if (acting.length === 0) return 'Nobody is known who could stop it.';
  const tell = acting.slice(0, 3).map(({ value, stoppable }) => {
    const who = value || (party === null ? 'no party' : 'an unknown model');
    return stoppable === 0 ? `nothing of ${who}` : `${percent(stoppable)} of ${who}`;
  });
  return `Can be stopped now: ${tell.join(', ')}.`;
}
