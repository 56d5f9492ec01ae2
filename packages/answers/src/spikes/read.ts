import type { Store } from '@tocsin/clickhouse';
import { startOf } from '@tocsin/domain';
import { hoursOf } from '../hours.ts';
import { iso, utc } from '../period.ts';
import type { Part } from './drivers.ts';
import type { Above } from './runs.ts';

const HOUR = 3_600_000;
const WEEK = 7 * 24 * HOUR;

interface Asked {
  readonly from: number;
  readonly to: number;
}

interface Row {
  at: string;
  code: string;
  party: string | null;
  alerts: number;
  usual: number;
  score: number;
}

const COLUMNS = 'alert_code AS code, alerts, usual, score';

/** Of London's days that the period touches. @param party null: all */
export async function readDays(store: Store, asked: Asked, party: string | null): Promise<Above[]> {
  const rows = await store.rows<Row>(
    `SELECT toString(day) AS at, if(over_all, NULL, responsible_party) AS party, ${COLUMNS}
     FROM daily_spikes(from = {from:String}, to = {to:String}, party = {party:String})
     WHERE spike`,
    { ...hoursOf(asked), party: party ?? '' },
  );
  const after = (day: string) => new Date(Date.parse(day) + 24 * HOUR).toISOString().slice(0, 10);
  return rows.map(({ at, ...row }) => ({ ...row, from: startOf(at), to: startOf(after(at)) }));
}

/** Of a party those for which it is responsible, of all (null) those of each and over all of them. */
export async function readHours(store: Store, asked: Asked, party: string | null): Promise<Above[]> {
  const params = { ...hoursOf(asked), party };
  const ofParties = store.rows<Row>(
    `SELECT toString(hour) AS at, responsible_party AS party, ${COLUMNS}
     FROM spikes(from = {from:String}, to = {to:String})
     WHERE spike AND ({party:Nullable(String)} IS NULL OR responsible_party = {party:Nullable(String)})`,
    params,
  );
  const overAll =
    party === null
      ? store.rows<Row>(
          `SELECT toString(hour) AS at, NULL AS party, ${COLUMNS}
           FROM code_spikes(from = {from:String}, to = {to:String})
           WHERE spike`,
          params,
        )
      : [];
  // Both awaited at once: of two that fail, as when the asker goes, none is left unheard.
  const rows = (await Promise.all([ofParties, overAll])).flat();
  return rows.map(({ at, ...row }) => ({
    ...row,
    from: Date.parse(iso(at)),
    to: Date.parse(iso(at)) + HOUR,
  }));
}

/** Beginnings of the hours in which a region's feed was missing, in the period and the twelve hours before. */
export async function readGaps(store: Store, { from, to }: Asked): Promise<number[]> {
  const rows = await store.rows<{ at: string }>(
    `SELECT DISTINCT toString(hour) AS at FROM feed_gaps(from = {from:String}, to = {to:String}) ORDER BY at`,
    hoursOf({ from: Math.max(0, from - 12 * HOUR), to }),
  );
  return rows.map(({ at }) => Date.parse(iso(at)));
}

/** What explains the first week of each spike, by its place among them. */
export async function readParts(
  store: Store,
  spikes: readonly Above[],
  party: string | null,
): Promise<Part[][]> {
  const parts: Part[][] = spikes.map(() => []);
  if (spikes.length === 0) return parts;
  const ends = spikes.map(({ from, to }) => Math.min(to, from + WEEK));
  const seconds = (ms: number) => Math.floor(ms / 1000);
  const rows = await store.rows<Part & { place: number }>(
    `SELECT place, dimension, value, alerts, usual, stoppable
     FROM spike_drivers(from = {from:String}, to = {to:String}, party = {party:String}, codes = {codes:Array(String)},
       parties = {parties:Array(String)}, over_all = {overAll:Array(UInt8)}, firsts = {firsts:Array(UInt32)},
       ends = {ends:Array(UInt32)})`,
    {
      from: utc(Math.min(...spikes.map(({ from }) => from))),
      to: utc(Math.max(...ends)),
      party: party ?? '',
      codes: spikes.map(({ code }) => code),
      parties: spikes.map((one) => one.party ?? ''),
      overAll: spikes.map((one) => Number(one.party === null)),
      firsts: spikes.map(({ from }) => seconds(from)),
      ends: ends.map(seconds),
    },
  );
  for (const { place, ...part } of rows) parts[place]!.push(part);
  return parts;
}
