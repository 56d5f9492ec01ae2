import { z } from 'zod';
import { hoursOf } from '../hours.ts';
import { PERIOD } from '../period.ts';
import { question } from '../question.ts';
import { read } from './reading.ts';
import { show } from './show.ts';
import { type Row, TOLD } from './told.ts';

/** The suppression report that the minutes ask for (actions 33/14, 33/15, 34/03), as far as a screen goes. */
export const suppression = question({
  name: 'suppression',
  summary:
    'which codes can be switched off by whom, on how many devices they are, and what arrives all the same',
  of: 'devices',
  example: '--from 2020-07-01 --to 2020-07-08',
  list: 'rows',
  asked: z.strictObject({ ...PERIOD }),
  told: TOLD,
  async answer(store, period, { party }) {
    const { from, to } = hoursOf(period);
    const rows = await store.rows<Row>(
      `SELECT alert_code AS code, meaning, party, party_name AS name, devices, available,
         arrayMap(one -> one::Tuple(reason String, devices UInt64), arraySort(one -> -one.2, obstacles)) AS obstacles,
         off, alerts, suppressible, already_off AS arriving, already_off_devices AS arrivingDevices,
         arrayMap(one -> one::Tuple(reason String, alerts UInt64), arraySort(one -> -one.2, others)) AS others
       FROM suppression_report(from = {from:String}, to = {to:String}, party = {party:String})
       ORDER BY alerts DESC, code, party`,
      { from, to, party: party ?? '' },
    );
    const sum = (of: (row: Row) => number) => rows.reduce((all, row) => all + of(row), 0);
    return {
      rows,
      alerts: sum((row) => row.alerts),
      suppressible: sum((row) => row.suppressible),
      arriving: sum((row) => row.arriving),
      reading: read(rows),
    };
  },
  show,
});
