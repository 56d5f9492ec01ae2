import { z } from 'zod';
import { hoursOf, soFar } from '../hours.ts';
import { amount } from '../numbers.ts';
import { PERIOD } from '../period.ts';
import { question } from '../question.ts';

const ACTION = z.strictObject({
  code: z.string(),
  /** In plain words, or the catalogue's; empty where there are none. */
  meaning: z.string(),
  /** Who can act: switch it off, or bring the firmware on. Of others' suppliers a party learns no id: `other-supplier`. */
  party: z.string(),
  name: z.string(),
  lever: z.enum(['service-request', 'firmware']),
  leverName: z.string(),
  /** It was switched off by what is known, and arrives all the same. */
  again: z.boolean(),
  devices: z.int(),
  alerts: z.int(),
  /** Alerts a day that it saves. */
  aDay: z.number(),
});

/** What can be stopped now and by whom: what the responsible party can switch off, or a released firmware ends. */
export const stoppable = question({
  name: 'stoppable',
  summary: 'what can be stopped now, by whom and by which lever, and how many alerts a day that saves',
  of: 'devices',
  example: '--from 2020-07-01 --to 2020-07-08',
  list: 'actions',
  asked: z.strictObject({ ...PERIOD }),
  told: z.strictObject({
    /** The greatest saving first. */
    actions: z.array(ACTION),
    alerts: z.int(),
    aDay: z.number(),
  }),
  async answer(store, period, { party }) {
    const { from, to, days } = hoursOf(soFar(period));
    const rows = await store.rows<Omit<z.output<typeof ACTION>, 'aDay'>>(
      `SELECT alert_code AS code, meaning, party, party_name AS name, lever, lever_name AS leverName, again, devices, alerts
       FROM stoppable(from = {from:String}, to = {to:String}, party = {party:String})
       ORDER BY alerts DESC, code, party, lever, again`,
      { from, to, party: party ?? '' },
    );
    const alerts = rows.reduce((sum, row) => sum + row.alerts, 0);
    return { actions: rows.map((row) => ({ ...row, aDay: row.alerts / days })), alerts, aDay: alerts / days };
  },
  show: ({ actions, aDay }) =>
    actions.length === 0
      ? 'Nothing of this period can be stopped now.\n'
      : `${amount(aDay)} alerts a day can be stopped now, the most by the first of these:\n${actions.map(line).join('')}`,
});

const line = ({ code, name, leverName, again, devices, aDay }: z.output<typeof ACTION>) =>
  `${code.padEnd(5)} ${amount(aDay).padStart(10)} a day on ${amount(devices)} devices: ${name}, by ${leverName}` +
  `${again ? ', once more: it was switched off' : ''}\n`;
