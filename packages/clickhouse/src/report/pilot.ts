import type { Store } from '../client.ts';
import type { Span } from './devices.ts';

/** The pilot of firmware `version` on one model of hubs, and the alert codes that it was to mend. */
export interface PilotQuery {
  version: string;
  manufacturer: string;
  model: string;
  codes: readonly string[];
  /** From the first day of the first window to the hold; hubs activated within it are the pilot. */
  span: Span;
}

const HUBS = `version = {version:String}, manufacturer = {manufacturer:String}, model = {model:String},
  from = {from:String}, to = {to:String}`;
const paramsOf = ({ span, ...query }: PilotQuery) => ({ ...query, ...span });

/** Hubs of the model by the London day of their activation; null: not activated, the control. */
export async function readPilotHubs(
  store: Store,
  query: PilotQuery,
): Promise<{ day: string | null; hubs: number }[]> {
  return store.rows(
    `SELECT toString(day) AS day, count() AS hubs FROM ${store.database}.report_pilot_hubs(${HUBS})
     GROUP BY day ORDER BY day`,
    paramsOf(query),
  );
}

/** Sums over hubs of their changes, by the weights of days, in billionths; hubs that raised nothing are not in `side`. */
export interface SideSums {
  side: 'pilot' | 'control';
  sum: number;
  squares: number;
}

/**
 * Sums of changes by side; a side of which no hub raised one of the codes is not there.
 * @param weights of London days, in billionths: row 0 for the control, row i + 1 for hubs activated on the i-th of `days`
 * @param without hubs that are left out, as 16 hex digits
 */
export async function readPilotChanges(
  store: Store,
  query: PilotQuery,
  weights: { days: readonly string[]; rows: readonly (readonly number[])[] },
  without: readonly string[],
): Promise<SideSums[]> {
  const rows = await store.rows<{ side: SideSums['side']; sum: string; squares: string }>(
    `SELECT side, toString(sum) AS sum, toString(squares) AS squares
     FROM ${store.database}.report_pilot_changes(${HUBS}, codes = {codes:Array(String)},
       weights = {weights:Array(Array(Int64))}, days = {days:Array(Date)}, without = {without:Array(String)})
     ORDER BY side`,
    { ...paramsOf(query), weights: weights.rows, days: weights.days, without },
  );
  return rows.map(({ side, sum, squares }) => ({ side, sum: Number(sum), squares: Number(squares) }));
}

/** Hubs that are alike, as `report_silence` has them; `devices`: those of them that are quiet. */
export interface QuietHubs {
  side: 'pilot' | 'control';
  messages: number;
  exposure: number;
  possible: number;
  silent: number;
  hubs: number;
  squaredDifferences: number;
  devices: string[];
}

/**
 * How much hubs, each with its HAN, spoke in the `length` days before their activation, and for how long they have been
 * silent.
 * @param days complete London days of the span
 * @param reference the day that stands for the control's activation
 */
export async function readSilence(
  store: Store,
  query: PilotQuery,
  length: number,
  days: readonly string[],
  reference: string,
): Promise<QuietHubs[]> {
  return store.rows(
    `SELECT side, before AS messages, exposure, possible, silent, hubs, squared_differences AS squaredDifferences,
       arraySort(quiet) AS devices
     FROM ${store.database}.report_silence(${HUBS}, codes = {codes:Array(String)}, length = {length:UInt16},
       complete = {days:Array(Date)}, reference = {reference:Date})
     ORDER BY side, messages, exposure, possible, silent`,
    { ...paramsOf(query), length, days, reference },
  );
}
