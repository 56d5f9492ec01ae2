import type { Store } from '@tocsin/clickhouse';
import { z } from 'zod';
import { iso, london, PERIOD, utc, utcSecond } from '../period.ts';
import { question, type Scope } from '../question.ts';
import { judge } from './judge.ts';
import { read } from './reading.ts';
import { type Registered, registered } from './registered.ts';
import { showRollout } from './show.ts';
import { type Judged, TOLD, type Told } from './told.ts';
import type { Treatment } from './treatment.ts';

/**
 * What a firmware rollout did to alerts: whom it has reached, what it ended and brought, against devices of the same
 * model that it had not reached. A day is a UTC day throughout, as builds count devices' alerts by it.
 */
export const rollout = question({
  name: 'rollout',
  summary: 'whom a firmware rollout has reached, which alerts it ended or brought, and how sure that is',
  of: 'devices',
  example: '--rollout wnc-2020 --to 2020-07-31',
  list: 'effects',
  asked: z.strictObject({
    rollout: z
      .string()
      .min(1)
      .meta({ description: 'id of a rollout in the registry', examples: ['wnc-2020'] }),
    from: PERIOD.from
      .optional()
      .describe('since when activations count; default: what the registry says of it first'),
    to: PERIOD.to.optional().describe('what comes later is not looked at; default: now'),
  }),
  told: TOLD,
  async answer(store, { rollout, from, to = Date.now() }, scope) {
    const one = await registered(store, rollout, to, scope.party ?? '');
    return one === null ? unregistered(rollout) : tell(store, one, from, to, scope);
  },
  show: showRollout,
});

async function tell(
  store: Store,
  { codes, actingParty, regions: _, ...facts }: Registered,
  from: number | undefined,
  to: number,
  { party }: Scope,
): Promise<Told> {
  const { manufacturer, model, version } = facts;
  const begins = [facts.begins, ...facts.states.map((one) => one.from)].map((moment) => Date.parse(moment));
  const treatment: Treatment = {
    ...{ manufacturer, model, version, codes, to },
    code: '',
    from: from ?? Math.min(...begins),
    party: party ?? '',
  };
  const [judged, blocked] = await Promise.all([
    judge(store, treatment, party === null ? ['region', 'supplier'] : ['region']),
    countBlocked(store, treatment),
  ]);
  const state = facts.states.at(-1)?.state ?? '';
  const what = `firmware ${version}`;
  const nobody =
    from === undefined
      ? `No device has taken ${what} yet`
      : `No device has taken ${what} since ${london(iso(utc(from)))}; those of before don't count here`;
  const reading = read({ what, nobody, actingParty, state, codes, blocked, ...judged });
  return { ...facts, state, ...judged, reading };
}

/** Devices on which this firmware failed and has not succeeded since. */
async function countBlocked(
  store: Store,
  { manufacturer, model, version, to, party }: Treatment,
): Promise<number> {
  const [row] = await store.rows<{ devices: number }>(
    `SELECT count() AS devices FROM upgrade_blocked(to = {to:String}, party = {party:String})
     WHERE manufacturer = {manufacturer:String} AND model = {model:String} AND version = {version:String}`,
    { manufacturer, model, version, to: utcSecond(to), party },
  );
  return row!.devices;
}

const NOTHING: Judged = {
  adoption: [],
  silent: { devices: 0, probability: 0 },
  effects: [],
  others: [],
  by: [],
};

const unregistered = (rollout: string): Told => ({
  ...NOTHING,
  rollout,
  name: '',
  version: '',
  manufacturer: '',
  model: '',
  state: '',
  states: [],
  begins: null,
  ends: null,
  pauses: [],
  reading: 'The registry has no rollouts: nothing can be said of any.',
});
