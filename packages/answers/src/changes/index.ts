import type { Store } from '@tocsin/clickhouse';
import { dayOf } from '@tocsin/domain';
import { z } from 'zod';
import { hoursOf, soFar } from '../hours.ts';
import { iso, PERIOD, utc } from '../period.ts';
import { question } from '../question.ts';
import { changeOf, type Heard, ofCode, type Periods } from './rates.ts';
import { show } from './show.ts';
import { TOLD, type Told } from './told.ts';

const WEEK = 7 * 86_400_000;

/** What became more and what less than in the period before; hours in which a feed was missing count on neither side. */
export const changes = question({
  name: 'changes',
  summary: 'alerts a day by code against the period before, without the hours that the feed missed',
  of: 'network',
  example: '--from 2020-06-01 --to 2020-07-01 --before 2020-05-01',
  list: 'codes',
  asked: z.strictObject({
    ...PERIOD,
    before: PERIOD.from
      .optional()
      .describe('beginning of the period before, by default as long before as the period is'),
  }),
  told: TOLD,
  async answer(store, { before: asked, ...period }) {
    const { from, to } = soFar(period);
    const before = asked ?? Math.max(0, from - (to - from));
    const long = Math.min(to - from, from - before) >= WEEK;
    const [now, earlier, first, last, codes, installed, installedBefore] = await Promise.all([
      readHeard(store, from, to),
      readHeard(store, before, from),
      long ? readHeard(store, before, before + WEEK) : [],
      long ? readHeard(store, to - WEEK, to) : [],
      readCodes(store),
      readInstalled(store, from, to),
      readInstalled(store, before, from),
    ]);
    const periods: Periods = { now, before: earlier, ends: long ? { first, last } : null };
    const known = new Map(codes.map((one) => [one.code, one]));
    const names = new Set([...now, ...earlier].map(({ code }) => code));
    return {
      before: iso(utc(before)),
      all: changeOf(periods),
      codes: [...names]
        .map((code) => ({
          code,
          meaning: known.get(code)?.meaning ?? '',
          safety: known.get(code)?.safety ?? false,
          ...changeOf(ofCode(periods, code)),
        }))
        .sort((a, b) => size(b) - size(a) || (a.code < b.code ? -1 : 1)),
      installed: {
        aDay: installed,
        aDayBefore: installedBefore,
        share: installedBefore === 0 ? null : installed / installedBefore,
      },
    };
  },
  show,
});

const size = ({ change }: Told['all']) => Math.abs(change ?? 0);

function readHeard(store: Store, from: number, to: number): Promise<Heard[]> {
  const hours = hoursOf({ from, to });
  return store.rows<Heard>(
    `SELECT alert_code AS code, region, hours, one.alerts AS alerts
     FROM heard_volume(from = {from:String}, to = {to:String}) AS one ORDER BY code, region`,
    { from: hours.from, to: hours.to },
  );
}

function readCodes(store: Store) {
  return store.rows<{ code: string; meaning: string; safety: boolean }>(
    `SELECT alert_code AS code, if(plain = '', name, plain) AS meaning, safety FROM code_dictionary`,
  );
}

/** Devices a day, over London's days that the period touches. */
async function readInstalled(store: Store, from: number, to: number): Promise<number> {
  const [first, last] = [dayOf(from), dayOf(Math.max(from, to - 1))];
  const [row] = await store.rows<{ aDay: number }>(
    `SELECT sum(one.devices) / (dateDiff('day', {first:Date}, {last:Date}) + 1) AS aDay
     FROM installations AS one WHERE one.day >= {first:Date} AND one.day <= {last:Date}`,
    { first, last },
  );
  return row!.aDay;
}
