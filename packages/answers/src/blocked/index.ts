import type { Store } from '@tocsin/clickhouse';
import { z } from 'zod';
import { PERIOD, utcSecond } from '../period.ts';
import { question } from '../question.ts';
import { registered } from '../rollout/registered.ts';
import { countBy } from './count-by.ts';
import { readEffects } from './effects.ts';
import { readBlocked, readVolumes } from './read.ts';
import { saved } from './saved.ts';
import { show } from './show.ts';
import { TOLD } from './told.ts';

const CODES = z
  .string()
  .regex(/^[0-9A-Z]{3,4}(,[0-9A-Z]{3,4})*$/, { error: 'expected alert codes such as 8014,8015' })
  .default('8014,8015')
  .transform((text) => [...new Set(text.split(','))].sort());

/** Which devices can't take firmware, because of the HAN or for another reason, and what that costs. */
export const blocked = question({
  name: 'blocked',
  summary: 'devices that firmware can’t reach, why, their share of alerts, and what it would end on them',
  of: 'devices',
  example: '--from 2020-07-01 --to 2020-08-01',
  list: 'devices',
  asked: z.strictObject({
    ...PERIOD,
    codes: CODES.describe('whose alerts are counted, by default 8014,8015'),
    rollout: z
      .string()
      .min(1)
      .optional()
      .meta({
        description: 'id of a rollout, whose firmware failed on them; default: any firmware',
        examples: ['wnc-2020'],
      }),
  }),
  told: TOLD,
  async answer(store, { from, to, codes, rollout }, scope) {
    const asked = { from: utcSecond(from), to: utcSecond(to), party: scope.party ?? '', codes };
    const days = (to - from) / 86_400_000;
    const [isAsked, all, raised] = await Promise.all([
      ofRollout(store, rollout, to, asked.party),
      readBlocked(store, asked),
      readVolumes(store, asked),
    ]);
    const devices = all.filter(isAsked);
    const volumes = raised.map((one) => ({ ...one, blocked: one.blocked && isAsked(one) }));
    const effects = await readEffects(store, asked, volumes, days);
    const sum = (of: (one: (typeof volumes)[number]) => boolean) =>
      volumes.filter(of).reduce((total, { alerts }) => total + alerts, 0);
    const alerts = {
      all: sum(() => true),
      blocked: sum((one) => one.blocked),
      han: sum((one) => one.blocked && one.han),
    };
    return {
      codes,
      devices,
      by: countBy(devices),
      alerts,
      share: alerts.all === 0 ? null : alerts.blocked / alerts.all,
      saved: saved(effects),
      effects,
    };
  },
  show,
});

interface Firmware {
  readonly manufacturer: string;
  readonly model: string;
  readonly version: string;
}

/** Whether a firmware is the rollout's, or any where none is asked for. @throws Unknown where there is no such rollout */
async function ofRollout(store: Store, rollout: string | undefined, to: number, party: string) {
  if (rollout === undefined) return () => true;
  const of = await registered(store, rollout, to, party);
  return (one: Firmware) =>
    of !== null &&
    one.manufacturer === of.manufacturer &&
    one.model === of.model &&
    one.version === of.version;
}
