import type { Store } from '@tocsin/clickhouse';
import { z } from 'zod';
import { iso, PERIOD, utcSecond } from '../period.ts';
import { question } from '../question.ts';
import { show } from './show.ts';
import { TOLD, type Told } from './told.ts';
import { WORST, worst } from './worst.ts';

/** Devices that are named, and days at the period's end over which their messages are looked at one by one. */
const NAMED = 100;
const DAYS_IN_ORDER = 28;

/** Which devices raise and clear the same thing again and again: the bad actors of ANSI/ISA-18.2 (2016), 16.5. */
export const chatter = question({
  name: 'chatter',
  summary: 'devices that raise and clear the same alert again and again, and how much of it the worst make',
  of: 'devices',
  example: '--from 2020-07-01 --to 2020-08-01',
  list: 'devices',
  asked: z.strictObject({
    ...PERIOD,
    code: z
      .string()
      .regex(/^[0-9A-Z]{3,4}$/, { error: 'expected an alert code such as 8014' })
      .default('8014')
      .describe('the code that is raised, of the devices to be named; by default 8014'),
  }),
  told: TOLD,
  async answer(store, { from, to, code }, scope) {
    const party = scope.party ?? '';
    const read = await readPairs(store, { from: utcSecond(from), to: utcSecond(to), party });
    const asked = read.find(({ raised }) => raised === code);
    const since = utcSecond(Math.max(from, to - DAYS_IN_ORDER * 86_400_000));
    const order = asked ? await readOrder(store, asked, since, utcSecond(to), party) : new Map();
    return {
      pairs: read.map(({ counts, named: _, ...pair }) => ({ ...pair, worst: worst(counts, pair.cycles) })),
      raised: asked?.raised ?? '',
      cleared: asked?.cleared ?? '',
      orderFrom: iso(since),
      devices: (asked?.named ?? []).map((one) => ({ ...one, inOrder: order.get(one.device) ?? null })),
    };
  },
  show,
});

type Device = Told['devices'][number];
type Row = [number, string, string, string, string, string, number, number, number];

interface Pair extends Omit<Told['pairs'][number], 'worst'> {
  /** Cycles of the worst devices, the most first. */
  counts: number[];
  named: Omit<Device, 'inOrder'>[];
}

async function readPairs(store: Store, asked: { from: string; to: string; party: string }): Promise<Pair[]> {
  const rows = await store.rows<Omit<Pair, 'named'> & { rows: Row[] }>(
    `SELECT raised, any(one.cleared) AS cleared, count() AS devices, sum(one.raises) AS raises, sum(one.clears) AS clears,
       sum(one.cycles) AS cycles, groupArraySorted(${WORST.at(-1)})(-toInt64(one.cycles)) AS counts,
       groupArraySorted(${NAMED})((-toInt64(one.cycles), device, kind, model, region, supplier, one.raises, one.clears, days)) AS rows
     FROM chatter(from = {from:String}, to = {to:String}, party = {party:String}) AS one
     GROUP BY raised ORDER BY cycles DESC, raised`,
    asked,
  );
  return rows.map(({ rows, counts, ...pair }) => ({
    ...pair,
    counts: counts.map(Math.abs),
    named: rows
      .filter(([cycles]) => cycles < 0)
      .map(([cycles, device, kind, model, region, supplier, raises, clears, days]) => ({
        device,
        kind,
        model,
        region,
        supplier,
        raises,
        clears,
        cycles: Math.abs(cycles),
        days,
      })),
  }));
}

async function readOrder(
  store: Store,
  { raised, cleared, named }: Pair,
  from: string,
  to: string,
  party: string,
): Promise<Map<string, Device['inOrder']>> {
  const rows = await store.rows<NonNullable<Device['inOrder']> & { device: string }>(
    `SELECT device, cycles_seen AS cycles, if(cycles_seen = 0, NULL, minutes) AS minutes, again, suppression, remedy,
       if({party:String} IN ('', responsible_party), responsible_party, '') AS responsibleParty
     FROM chatter_in_order(from = {from:String}, to = {to:String}, raised = {raised:String}, cleared = {cleared:String},
       devices = {devices:Array(String)})`,
    { from, to, raised, cleared, party, devices: named.map(({ device }) => device) },
  );
  return new Map(rows.map(({ device, ...order }) => [device, order]));
}
