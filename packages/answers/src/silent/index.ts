import type { Store } from '@tocsin/clickhouse';
import { differenceOfShares, type Estimate, wilson } from '@tocsin/report';
import { z } from 'zod';
import { iso, PERIOD, utcSecond } from '../period.ts';
import { question } from '../question.ts';
import { registered } from '../rollout/registered.ts';
import { listen, NONE, type Side } from './listen.ts';
import { read } from './reading.ts';
import { show } from './show.ts';
import { TOLD, type Told } from './told.ts';

/** Others' devices are told of as totals of this many or more. */
const FEWEST_OTHERS = 50;
/** Of the devices that are called silent, the share that may be so by chance. */
const FALSE_SHARE = 0.01;

/** Which devices fell silent after they activated a firmware, and whether more did than of those that did not. */
export const silent = question({
  name: 'silent',
  summary: 'devices that fell silent after activating a rollout’s firmware, and whether by chance',
  of: 'devices',
  example: '--rollout r2-pilot --to 2020-03-27',
  list: 'devices',
  asked: z.strictObject({
    rollout: z
      .string()
      .min(1)
      .meta({ description: 'id of a rollout in the registry', examples: ['wnc-2020'] }),
    to: PERIOD.to.optional().describe('what comes later is not looked at; default: now'),
  }),
  told: TOLD,
  async answer(store, { rollout, to = Date.now() }, { party }) {
    const asked = utcSecond(to);
    const [one, ends] = await Promise.all([
      registered(store, rollout, to, party ?? ''),
      feedEnd(store, asked),
    ]);
    const heard = one && ends ? await listen(store, one, ends, party ?? '', FALSE_SHARE) : null;
    const { activated, control } = heard ?? { activated: NONE, control: NONE };
    const share = wilson(activated.silent, activated.tellable);
    const usual = wilson(control.silent, control.tellable);
    const shown = party === null || control.tellable >= FEWEST_OTHERS;
    const told = {
      rollout,
      name: one?.name ?? '',
      version: one?.version ?? '',
      state: one?.states.at(-1)?.state ?? '',
      reason: one?.states.at(-1)?.reason ?? '',
      actingParty: one?.actingParty ?? '',
      to: ends && iso(ends),
      activated: activated.devices,
      threshold: heard?.threshold ?? 0,
      falseShare: FALSE_SHARE,
      rate: {
        activated: rate(activated, share),
        control: shown ? rate(control, usual) : null,
        difference: shown && share && usual ? differenceOfShares(share, usual) : null,
      },
      devices: heard?.found ?? [],
    };
    return { ...told, reading: read(told) };
  },
  show,
});

/** The end of what was heard before `to`, both as the store has moments; null where nothing was. */
async function feedEnd(store: Store, to: string): Promise<string | null> {
  const [row] = await store.rows<{ ends: string | null }>(
    'SELECT toString(ends) AS ends FROM feed_end(to = {to:String})',
    { to },
  );
  return row!.ends;
}

function rate({ silent, tellable: of }: Side, share: Estimate | null): Told['rate']['activated'] {
  return { silent, of, share: share?.value ?? null, low: share?.low ?? null, high: share?.high ?? null };
}
