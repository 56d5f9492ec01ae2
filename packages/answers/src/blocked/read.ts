import type { Store } from '@tocsin/clickhouse';
import { iso } from '../period.ts';
import type { Told } from './told.ts';

/** Moments as the store has them, UTC; party empty: all. */
export interface Asked {
  from: string;
  to: string;
  party: string;
  codes: string[];
}

export async function readBlocked(store: Store, asked: Asked): Promise<Told['devices']> {
  const rows = await store.rows<Told['devices'][number]>(
    `SELECT device, kind, supplier, region, manufacturer, model, firmware, version, phase, reason, toString(failed_at) AS failedAt,
       han_state AS hanState, han
     FROM upgrade_blocked(to = {to:String}, party = {party:String})
     ORDER BY failed_at, device`,
    { ...asked },
  );
  return rows.map((row) => ({ ...row, failedAt: iso(row.failedAt) }));
}

/** Alerts of devices that are blocked, by the firmware that failed there; of all others, without one. */
export interface Volume {
  manufacturer: string;
  model: string;
  version: string;
  han: boolean;
  blocked: boolean;
  alerts: number;
}

export async function readVolumes(store: Store, asked: Asked): Promise<Volume[]> {
  return store.rows<Volume>(
    `SELECT manufacturer, model, version, han, blocked, alerts
     FROM upgrade_blocked_volume(from = {from:String}, to = {to:String}, party = {party:String},
       codes = {codes:Array(String)})`,
    { ...asked },
  );
}
