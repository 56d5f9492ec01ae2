import type { Store } from '../client.ts';

/** A span of moments, `YYYY-MM-DD hh:mm:ss.mmm`, UTC, without its end. */
export interface Span {
  from: string;
  to: string;
}

/** Hubs that activated a version within a span, by London day. */
export async function readActivations(
  store: Store,
  version: string,
  span: Span,
): Promise<{ day: string; hubs: number }[]> {
  return store.rows(
    `SELECT toString(day) AS day, hubs
     FROM ${store.database}.report_activations(version = {version:String}, from = {from:String}, to = {to:String})
     ORDER BY day`,
    { version, ...span },
  );
}

/**
 * `codes` of hubs, around the rollout of firmware `version` and the putting right of the credentials of `role`. `leftOut`:
 * London days, `YYYY-MM-DD`.
 */
export interface FallQuery {
  codes: readonly string[];
  version: string;
  role: string;
  before: Span;
  after: Span;
  leftOut: readonly string[];
}

/**
 * Alerts of the devices of one owner, as the view `report_falls` has them: `devices` raised some; sums over devices of
 * alerts before and after, of the squares of both, and of before × after.
 */
export interface Fall {
  owner: 'firmware' | 'users' | 'neither' | 'new' | 'unknown';
  devices: number;
  before: number;
  after: number;
  beforeSquares: number;
  products: number;
  afterSquares: number;
}

/** Sums over devices of their alerts before and after a rollout, by whose doing the change is. */
export async function readFalls(
  store: Store,
  { codes, version, role, before, after, leftOut }: FallQuery,
): Promise<Fall[]> {
  return store.rows(
    `SELECT owner, devices, before_sum AS before, after_sum AS after,
       before_squares AS beforeSquares, products, after_squares AS afterSquares
     FROM ${store.database}.report_falls(codes = {codes:Array(String)}, version = {version:String}, role = {role:String},
       before_from = {before_from:String}, before_to = {before_to:String}, after_from = {after_from:String},
       after_to = {after_to:String}, left_out = {left_out:Array(Date)})
     ORDER BY owner`,
    {
      codes,
      version,
      role,
      before_from: before.from,
      before_to: before.to,
      after_from: after.from,
      after_to: after.to,
      left_out: leftOut,
    },
  );
}
