import { z } from 'zod';
import { PERIOD } from '../period.ts';
import { question } from '../question.ts';
import { judge } from '../rollout/judge.ts';
import { read } from '../rollout/reading.ts';
import { showJudged } from '../rollout/show.ts';
import { JUDGED } from '../rollout/told.ts';

/** How far back activations are looked for where nobody says. */
const HALF_A_YEAR = 180 * 86_400_000;

/**
 * What switching a code off by 6.22 did to alerts, device by device, as a rollout is judged: against meters of the same
 * model on which it was not switched off yet.
 */
export const suppressionEffect = question({
  name: 'suppression-effect',
  summary: 'what switching an alert code off on meters (6.22) did to their alerts, and how sure that is',
  of: 'devices',
  example: '--code 8014 --to 2020-07-31',
  list: 'effects',
  asked: z.strictObject({
    code: z
      .string()
      .regex(/^[0-9A-F]{4}$/, 'expected an alert code such as 8014')
      .meta({ description: 'code that was switched off', examples: ['8014'] }),
    from: PERIOD.from.optional().describe('since when settings count; default: 180 days before the end'),
    to: PERIOD.to.optional().describe('what comes later is not looked at; default: now'),
  }),
  told: z.strictObject({
    code: z.string(),
    ...JUDGED.shape,
    /** Who should do what, or why nothing can be said. */
    reading: z.string(),
  }),
  async answer(store, { code, to = Date.now(), from = to - HALF_A_YEAR }, { party }) {
    const treatment = {
      code,
      codes: [code],
      from,
      to,
      party: party ?? '',
      manufacturer: '',
      model: '',
      version: '',
    };
    const judged = await judge(store, treatment, ['model']);
    const what = `${code} switched off`;
    const nobody = `On no device ${code} was switched off in this period`;
    return {
      code,
      ...judged,
      reading: read({ what, nobody, actingParty: 'party', state: '', codes: [code], blocked: 0, ...judged }),
    };
  },
  show: (told) => `${told.code} switched off by 6.22\n${showJudged(told)}`,
});
